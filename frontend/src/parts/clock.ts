import { countdown } from "./spans";

const EVERY = 20_000;
const TAG = { running: "", short: "tag--warn", over: "tag--bad" } as const;

/** Keep the page's clocks running, by the server's time: a wrong clock on this machine must not turn one red. */
export function keepClocks(root: Document = document): void {
  const served = Date.parse(root.documentElement.dataset.now ?? "");
  const ahead = Number.isNaN(served) ? 0 : Date.now() - served;
  const tick = () => {
    const now = Date.now() - ahead;
    for (const clock of root.querySelectorAll<HTMLElement>("[data-clock]")) show(clock, now);
  };
  setInterval(tick, EVERY);
}

function show(clock: HTMLElement, now: number): void {
  const start = clock.dataset.start ? Date.parse(clock.dataset.start) : undefined;
  const { words, state, tenths } = countdown(Date.parse(clock.dataset.due ?? ""), now, start);
  const text = clock.querySelector("[data-words]");
  if (text && text.textContent !== words) text.textContent = words;
  for (const name of [TAG.short, TAG.over]) clock.classList.toggle(name, name === TAG[state]);
  const pie = clock.querySelector(".pie");
  pie?.setAttribute("class", `pie gone-${tenths}`);
}
