import { open } from "../parts/opening";

/** The desk's keyboard; `cotton/keys.html` lists it for people. */
export function listen(root: Document = document): void {
  root.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const act = acts(event, root);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

type Act = (() => void) | undefined;

function acts(event: KeyboardEvent, root: Document): Act {
  const { key } = event;
  const command = event.ctrlKey || event.metaKey;
  if (command && key.toLowerCase() === "k") return () => open(root.getElementById("palette"));
  if (command && key === "Enter") return send(event.target as Element);
  if (event.altKey && /^[1-9]$/.test(key)) return go(root, Number(key) - 1);
  if (command || event.altKey || writing(event.target as Element)) return undefined;
  if (key === "/") return () => open(root.getElementById("palette"));
  if (key === "?") return () => open(root.getElementById("keys"));
  return undefined;
}

function send(from: Element): Act {
  const form = from.closest("form");
  return form ? () => form.requestSubmit() : undefined;
}

function go(root: Document, place: number): Act {
  const link = root.querySelectorAll<HTMLAnchorElement>(".top__nav a")[place];
  return link ? () => link.click() : undefined;
}

/** Whether keys are text here. */
export function writing(target: Element): boolean {
  return target.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") ?? false;
}
