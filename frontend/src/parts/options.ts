/** A list of `role="option"` walked with the arrow keys, while the focus stays in the input. */

export function choices(list: Element): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[role="option"]')].filter((option) => !option.hidden);
}

export function chosen(list: Element): HTMLElement | undefined {
  return choices(list).find((option) => option.getAttribute("aria-selected") === "true");
}

/** Choose the option at `index`, counted round; the input names it for readers. */
export function choose(input: Element, list: Element, index: number): void {
  const all = choices(list);
  const option = all[(index + all.length) % Math.max(1, all.length)];
  for (const other of all) other.setAttribute("aria-selected", String(other === option));
  if (!option) {
    input.removeAttribute("aria-activedescendant");
    return;
  }
  option.id ||= `option-${all.indexOf(option)}-${list.id}`;
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView?.({ block: "nearest" });
}

/** Arrow keys move the choice; answers whether the key was one of them. */
export function walk(key: string, input: Element, list: Element): boolean {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (!step) return false;
  const now = chosen(list);
  const from = now ? choices(list).indexOf(now) : step > 0 ? -1 : 0;
  choose(input, list, from + step);
  return true;
}
