import { beforeEach, expect, test, vi } from "vitest";

import { listen } from "./seek";

listen(document);
let input: HTMLInputElement;
let value: HTMLInputElement;

beforeEach(() => {
  document.body.innerHTML = `<div data-seek><input type="hidden" name="customer" value="7">
    <input role="combobox" value="李"><div role="listbox" id="l"><div role="option" data-value="12">李秀兰</div></div></div>`;
  [value, input] = document.querySelectorAll("input") as unknown as [HTMLInputElement, HTMLInputElement];
});

test("a choice by keyboard fills the words and the value, and tells the form", () => {
  const told = vi.fn();
  value.addEventListener("change", told);
  for (const key of ["ArrowDown", "Enter"]) input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  expect([input.value, value.value]).toEqual(["李秀兰", "12"]);
  expect(told).toHaveBeenCalledOnce();
});

test("typing on takes the choice back, so that words and value never disagree", () => {
  input.dispatchEvent(new Event("input", { bubbles: true }));
  expect(value.value).toBe("");
});
