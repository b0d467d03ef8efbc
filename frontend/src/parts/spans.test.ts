import { expect, test } from "vitest";

import { countdown, span } from "./spans";
import table from "./spans.json";

test.each(table.spans as [number, string][])("%d seconds are said as %s", (seconds, said) => {
  expect(span(seconds * 1000, table.words)).toBe(said);
});

test.each(table.countdowns)("$words is $state", ({ left, length, ...expected }) => {
  const now = Date.UTC(2026, 10, 24, 1, 12);
  const due = now + left * 1000;
  const start = length === null ? undefined : due - length * 1000;
  expect(countdown(due, now, start, table.words)).toEqual(expected);
});
