import * as appearance from "./appearance";
import { keepClocks } from "./clock";
import * as files from "./files";
import * as lightbox from "./lightbox";
import * as opening from "./opening";

/** What every face's pages do. */
export function start(): void {
  opening.listen();
  opening.passToasts(document);
  appearance.listen();
  files.listen();
  lightbox.listen();
  keepClocks();
  document.querySelector<HTMLElement>("[data-focus]")?.focus();
  document.querySelector("[data-back]")?.addEventListener("click", (event) => {
    if (history.length < 2) return;
    event.preventDefault();
    history.back();
  });
  warnOfUnsent();
}

/** A form someone wrote in is not lost by a stray click: `data-guard` asks before the page goes. */
function warnOfUnsent(): void {
  let unsent = false;
  const guarded = (event: Event) => (event.target as Element).closest("[data-guard]");
  document.addEventListener("input", (event) => {
    if (guarded(event)) unsent = true;
  });
  document.addEventListener("submit", () => {
    unsent = false;
  });
  addEventListener("beforeunload", (event) => {
    if (unsent) event.preventDefault();
  });
}
