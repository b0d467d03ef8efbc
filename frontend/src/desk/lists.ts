import { writing } from "./keys";

/** Lists by keyboard: j k, and ↑ ↓ once a line is in hand, move over the lines' links; Enter opens; one tick ticks all. */
export function listen(root: Document = document): void {
  root.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    const target = event.target as Element;
    if (!step || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || writing(target) || root.querySelector("dialog[open]")) return;
    const links = lines(root);
    const at = links.findIndex((link) => link.closest("tr")?.contains(target) ?? false);
    // Without a line in hand the arrows scroll the page; the letters begin at the top.
    if (at < 0 && event.key.startsWith("Arrow")) return;
    const next = at < 0 ? links[0] : links[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  root.addEventListener("change", (event) => {
    const tick = event.target as HTMLInputElement;
    if (!tick.matches?.("thead input.pick")) return;
    const table = tick.closest("table");
    for (const other of table?.querySelectorAll<HTMLInputElement>("tbody input.pick") ?? []) {
      other.checked = tick.checked;
      other.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}

function lines(root: Document): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("table.table tbody th a, table.table tbody tr[data-line] a")];
}
