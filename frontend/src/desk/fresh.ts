/**
 * What the page shows follows what colleagues do: on `changed` (`poll.ts`) every part marked `data-fresh` is
 * fetched anew, by its id. A part in which someone has written stays as it is, and `#stale` says so.
 */

/** What of htmx is needed. */
interface Htmx {
  process(element: Element): void;
}

const written = new WeakSet<Element>();

export function listen(htmx: Htmx, root: Document = document): void {
  root.addEventListener("input", (event) => {
    const part = (event.target as Element).closest("[data-fresh]");
    if (part) written.add(part);
  });
  root.body.addEventListener("changed", () => void refresh(htmx, root));
}

export async function refresh(htmx: Htmx, root: Document): Promise<void> {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of root.querySelectorAll("[data-fresh]")) {
    const next = fresh.getElementById(part.id);
    if (!next) continue;
    if (written.has(part)) stale(root);
    else {
      part.replaceWith(next);
      htmx.process(next);
    }
  }
}

function stale(root: Document): void {
  const notice = root.getElementById("stale");
  if (notice) notice.hidden = false;
}
