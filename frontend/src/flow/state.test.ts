import { beforeAll, expect, test } from "vitest";

import { owed, spoken } from "./state";

const NOW = Date.UTC(2026, 10, 24, 2, 0);
const SINCE = new Date(NOW - 39 * 60_000).toISOString();

beforeAll(() => {
  const words = { here: "现在在这里", done: "已完成", minutes: "{minutes} 分钟", times: "{count} 次" };
  document.body.innerHTML = `<script type="application/json" id="words">${JSON.stringify(words)}</script>`;
});

test("the step that waits says who owes it and for how long", () => {
  expect(owed({ state: "here", owner: "李女士", since: SINCE }, NOW)).toBe("李女士 · 39 分钟");
});

test("a step that is done owes nothing", () => {
  expect(owed({ state: "done", owner: "王敏", since: SINCE }, NOW)).toBe("");
});

test.each([
  [{ state: "here", owner: "李女士", since: SINCE } as const, "征得同意改约 Consent, 现在在这里, 李女士 · 39 分钟"],
  [{ state: "done", count: 3 } as const, "征得同意改约 Consent, 已完成, 3 次"],
])("a reader hears the state and the loops", (state, said) => {
  expect(spoken("征得同意改约\nConsent", state, NOW)).toBe(said);
});
