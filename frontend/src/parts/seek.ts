import { choices, choose, chosen, walk } from "./options";

/** Search-select: type, choose; the value goes into the hidden input, and a changed word takes it back. */
export function listen(root: Document = document): void {
  root.addEventListener("input", (event) => {
    const box = (event.target as Element).closest("[data-seek]");
    if (box) setValue(box, "");
  });
  root.addEventListener("keydown", (event) => {
    const box = (event.target as Element).closest("[data-seek]");
    if (box) press(event, box);
  });
  root.addEventListener("mousedown", (event) => {
    const option = (event.target as Element).closest<HTMLElement>('[data-seek] [role="option"]');
    if (!option) return;
    event.preventDefault();
    take(option);
  });
  root.addEventListener("focusout", (event) => {
    const box = (event.target as Element).closest("[data-seek]");
    if (box) clear(box);
  });
  root.addEventListener("htmx:after:swap", (event) => {
    const box = (event.target as Element).closest?.("[data-seek]");
    const input = box?.querySelector('[role="combobox"]');
    if (!box || !input) return;
    const list = found(box);
    input.setAttribute("aria-expanded", String(choices(list).length > 0));
    choose(input, list, 0);
  });
}

function found(box: Element): Element {
  return box.querySelector('[role="listbox"]') as Element;
}

function press(event: KeyboardEvent, box: Element): void {
  const list = found(box);
  const option = chosen(list);
  if (walk(event.key, event.target as Element, list)) event.preventDefault();
  else if (event.key === "Enter" && option) {
    event.preventDefault();
    take(option);
  } else if (event.key === "Escape" && list.childElementCount) {
    event.stopPropagation();
    clear(box);
  }
}

function take(option: HTMLElement): void {
  const box = option.closest("[data-seek]") as Element;
  const input = box.querySelector('[role="combobox"]') as HTMLInputElement;
  input.value = option.dataset.label ?? option.textContent?.trim() ?? "";
  setValue(box, option.dataset.value ?? "");
  clear(box);
}

function setValue(box: Element, value: string): void {
  const hidden = box.querySelector('input[type="hidden"]') as HTMLInputElement;
  if (hidden.value === value) return;
  hidden.value = value;
  hidden.dispatchEvent(new Event("change", { bubbles: true }));
}

function clear(box: Element): void {
  found(box).replaceChildren();
  box.querySelector('[role="combobox"]')?.setAttribute("aria-expanded", "false");
}
