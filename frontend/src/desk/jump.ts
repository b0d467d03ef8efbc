/** `data-jump="S"`: Alt S goes to the first field of that part of a form, to what is chosen there if anything is. */
export function listen(root: Document = document): void {
  root.addEventListener("keydown", (event) => {
    if (event.isComposing || !event.altKey || event.ctrlKey || event.metaKey || !event.code.startsWith("Key")) return;
    const part = root.querySelector(`[data-jump="${event.code.slice(3)}"]`);
    const field = part && first(part);
    if (!field) return;
    event.preventDefault();
    field.focus();
  });
}

function first(part: Element): HTMLElement | undefined {
  const fields = [...part.querySelectorAll<HTMLElement>("input:not([type=hidden]), textarea, select")];
  const seen = fields.filter((field) => field.offsetParent !== null);
  return seen.find((field) => field.matches(":checked")) ?? seen[0];
}
