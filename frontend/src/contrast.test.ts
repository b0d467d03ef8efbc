import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

const css = readFileSync("src/css/tokens.css", "utf8");

/** The colours of one theme, by token. */
function theme(name: string): Record<string, string> {
  const block = css.match(new RegExp(`name: "${name}";([^}]*)}`))?.[1] ?? "";
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, token, hex]) => [token, hex]));
}

/** WCAG 2.2: how bright a colour is, from 0 to 1. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT = 4.5;
const EDGE = 3;
const PAIRS: [ink: string, ground: string, least: number][] = [
  ...["bg", "surface", "raised", "sunken", "accent-soft", "ok-soft", "warn-soft", "bad-soft"].map(
    (ground) => ["ink", ground, TEXT] as [string, string, number],
  ),
  ...["bg", "surface", "raised", "sunken"].map((ground) => ["muted", ground, TEXT] as [string, string, number]),
  ...["ok", "warn", "bad", "accent"].flatMap((meaning) =>
    [`${meaning}-soft`, "surface", "raised"].map((ground) => [meaning, ground, TEXT] as [string, string, number]),
  ),
  ["accent-ink", "accent", TEXT],
  ["accent-ink", "accent-hover", TEXT],
  ["solid-ink", "solid-bad", TEXT],
  ["accent", "bg", TEXT],
  ["edge", "surface", EDGE],
  ["edge", "raised", EDGE],
];

describe.each(["light", "dark"])("by %s", (name) => {
  const colours = theme(name);

  test.each(PAIRS)("%s reads on %s at %d : 1", (ink, ground, least) => {
    expect(contrast(colours[ink] ?? "", colours[ground] ?? "")).toBeGreaterThanOrEqual(least);
  });

  test("daisyUI is told the same colours", () => {
    const { surface, bg, ink, accent } = colours;
    expect([colours["color-base-100"], colours["color-base-200"], colours["color-base-content"], colours["color-primary"]]).toEqual([surface, bg, ink, accent]);
  });
});
