import { say } from "./words";

/** Photos large, one after another; without the script each opens in its own tab. */
export function listen(root: Document = document): void {
  root.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("[data-photos] a");
    const mouse = event as MouseEvent;
    if (!link || mouse.ctrlKey || mouse.metaKey || mouse.button) return;
    event.preventDefault();
    show(link);
  });
}

function show(first: HTMLAnchorElement): void {
  const links = [...(first.closest("[data-photos]")?.querySelectorAll("a") ?? [])];
  let at = links.indexOf(first);
  const dialog = document.createElement("dialog");
  dialog.className = "lightbox";
  const image = document.createElement("img");
  const words = document.createElement("figcaption");
  const turn = (by: number) => {
    at = (at + by + links.length) % links.length;
    const link = links[at] as HTMLAnchorElement;
    image.src = link.href;
    image.alt = words.textContent = link.querySelector("img")?.alt ?? "";
  };
  const figure = document.createElement("figure");
  figure.className = "lightbox__figure";
  figure.append(image, words);
  dialog.append(figure, button("close", "×", say("close"), () => dialog.close()));
  if (links.length > 1) dialog.append(button("prev", "‹", say("prev"), () => turn(-1)), button("next", "›", say("next_photo"), () => turn(1)));
  dialog.addEventListener("keydown", ({ key }) => turn({ ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0));
  dialog.addEventListener("click", ({ target }) => target === figure && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  turn(0);
  dialog.showModal();
}

function button(name: string, sign: string, words: string, press: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.className = `lightbox__${name}`;
  element.textContent = sign;
  element.setAttribute("aria-label", words);
  element.addEventListener("click", press);
  return element;
}
