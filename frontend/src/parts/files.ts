import { say } from "./words";

/** Files chosen or dropped are shown before they are sent; one chosen by mistake can be left out. */
export function listen(root: Document = document): void {
  root.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    const box = input.closest?.("[data-drop]");
    if (box && input.type === "file") preview(box, input);
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    root.addEventListener(name, (event) => {
      const box = (event.target as Element).closest?.("[data-drop]");
      if (box) drag(event as DragEvent, box);
    });
  }
}

function drag(event: DragEvent, box: Element): void {
  event.preventDefault();
  box.classList.toggle("is-over", event.type === "dragover");
  const input = box.querySelector<HTMLInputElement>('input[type="file"]');
  if (event.type !== "drop" || !input || !event.dataTransfer?.files.length) return;
  input.files = event.dataTransfer.files;
  preview(box, input);
}

function preview(box: Element, input: HTMLInputElement): void {
  const list = box.querySelector("[data-drop-list]");
  list?.replaceChildren(...[...(input.files ?? [])].map((file, index) => shown(file, index, box, input)));
}

function shown(file: File, index: number, box: Element, input: HTMLInputElement): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "photo photo--small";
  button.title = `${say("remove")}: ${file.name}`;
  button.setAttribute("aria-label", button.title);
  button.append(file.type.startsWith("image/") ? picture(file) : "", caption(file.name));
  button.addEventListener("click", () => {
    leaveOut(input, index);
    preview(box, input);
  });
  return button;
}

function picture(file: File): HTMLImageElement {
  const image = document.createElement("img");
  image.alt = "";
  image.src = URL.createObjectURL(file);
  image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
  return image;
}

function caption(name: string): HTMLElement {
  const words = document.createElement("span");
  words.className = "photo__words";
  words.textContent = `× ${name}`;
  return words;
}

function leaveOut(input: HTMLInputElement, index: number): void {
  const kept = new DataTransfer();
  [...(input.files ?? [])].forEach((file, at) => at !== index && kept.items.add(file));
  input.files = kept.files;
}
