import { say, type Words } from "./words";

const MINUTE = 60_000;
const LAST_QUARTER = 0.75;
const HOUR = 60;

/** A length of time in its two greatest units, as `shouhou/web/wording.py` says it. */
export function span(milliseconds: number, from?: Words): string {
  const minutes = Math.floor(milliseconds / MINUTE);
  const days = Math.floor(minutes / (24 * HOUR));
  const hours = Math.floor(minutes / HOUR) % 24;
  const rest = minutes % HOUR;
  if (days >= 7 || (days && !hours)) return wholeDays(days, from);
  if (days) return say("days_hours", { days: wholeDays(days, from), hours }, from);
  if (hours && rest) return say("hours_minutes", { hours, minutes: rest }, from);
  if (hours) return say("hours", { hours }, from);
  return say("minutes", { minutes: rest }, from);
}

function wholeDays(count: number, from?: Words): string {
  return say(count === 1 ? "day" : "days", { count }, from);
}

export interface Countdown {
  words: string;
  state: "running" | "short" | "over";
  tenths: number;
}

/** How long until `due`, and whether that is short: the last quarter, or the last hour of a clock without a start. */
export function countdown(due: number, now: number, start?: number, from?: Words): Countdown {
  const left = due - now;
  if (left < 0) return { words: say("over", { span: span(-left, from) }, from), state: "over", tenths: 10 };
  const gone = start !== undefined && due > start ? (now - start) / (due - start) : undefined;
  const short = gone !== undefined ? gone >= LAST_QUARTER : left <= HOUR * MINUTE;
  const tenths = gone !== undefined ? Math.min(10, Math.max(0, Math.floor(gone * 10))) : short ? 8 : 2;
  return { words: say("left", { span: span(left, from) }, from), state: short ? "short" : "running", tenths };
}
