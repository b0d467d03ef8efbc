import { choices, choose, chosen, walk } from "../parts/options";

/** Ctrl K: what the server finds, and the pages whose names fit, in one list. */
export function listen(root: Document = document): void {
  const dialog = root.getElementById("palette");
  const input = dialog?.querySelector<HTMLInputElement>("input");
  const list = dialog?.querySelector('[role="listbox"]');
  if (!(dialog instanceof HTMLDialogElement) || !input || !list) return;
  const refresh = () => {
    narrow(list, input.value);
    choose(input, list, 0);
  };
  input.addEventListener("input", refresh);
  dialog.addEventListener("htmx:after:swap", refresh);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (walk(event.key, input, list)) event.preventDefault();
    else if (event.key === "Enter") {
      event.preventDefault();
      chosen(list)?.click();
    }
  });
  dialog.addEventListener("close", () => {
    input.value = "";
    list.querySelector("#palette-found")?.replaceChildren();
    refresh();
  });
  refresh();
}

/** Only pages whose name holds the words. */
function narrow(list: Element, words: string): void {
  const wanted = words.trim().toLowerCase();
  for (const page of list.querySelectorAll<HTMLElement>("[data-palette-pages] [role=option]")) {
    page.hidden = !page.textContent?.toLowerCase().includes(wanted);
  }
  const pages = list.querySelector<HTMLElement>("[data-palette-pages]");
  if (pages) pages.hidden = choices(pages).length === 0;
}
