import { say } from "../parts/words";

const EVERY = 10_000;

/** What of htmx the poll needs. */
interface Htmx {
  trigger(on: Element | string, event: string, detail?: unknown): unknown;
}

/**
 * Ask now and then whether what the page shows has changed: `<main data-version="…" data-version-url="…">`.
 *
 * The address answers with the version as text. A new one sends the event `changed` to the body; parts with
 * `hx-trigger="changed from:body"` fetch themselves anew. A page in the background does not ask.
 */
export function start(htmx: Htmx, root: Document = document): void {
  const page = root.querySelector<HTMLElement>("[data-version-url]");
  if (!page) return;
  const ask = async () => {
    if (!root.hidden) await check(page, htmx, root);
    setTimeout(ask, EVERY);
  };
  setTimeout(ask, EVERY);
  root.addEventListener("visibilitychange", () => !root.hidden && void check(page, htmx, root));
}

export async function check(page: HTMLElement, htmx: Htmx, root: Document): Promise<void> {
  try {
    const answer = await fetch(page.dataset.versionUrl ?? "", { headers: { "HX-Request": "true" } });
    if (!answer.ok) return;
    offline(root, false);
    const version = (await answer.text()).trim();
    if (version === page.dataset.version) return;
    page.dataset.version = version;
    htmx.trigger(root.body, "changed");
  } catch {
    offline(root, true);
  }
}

/** Say once that the page may be old, and take it back when the server answers again. */
function offline(root: Document, away: boolean): void {
  const shown = root.getElementById("offline");
  if (away === Boolean(shown)) return;
  if (shown) return shown.remove();
  const toast = root.createElement("div");
  toast.id = "offline";
  toast.className = "toast toast--warn";
  toast.setAttribute("role", "status");
  toast.textContent = say("no_answer");
  root.getElementById("toasts")?.append(toast);
}
