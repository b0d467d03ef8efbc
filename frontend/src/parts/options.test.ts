import { beforeEach, expect, test } from "vitest";

import { choose, chosen, walk } from "./options";

let input: HTMLInputElement;
let list: HTMLElement;

beforeEach(() => {
  document.body.innerHTML = `<input><div id="found" role="listbox">
    <div role="option">李秀兰</div><div role="option" hidden>合并</div><div role="option">周岚</div></div>`;
  input = document.querySelector("input") as HTMLInputElement;
  list = document.getElementById("found") as HTMLElement;
});

test("arrows walk round what is shown and skip what is hidden", () => {
  const walked = ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"].map((key) => {
    expect(walk(key, input, list)).toBe(true);
    return chosen(list)?.textContent;
  });
  expect(walked).toEqual(["李秀兰", "周岚", "李秀兰", "周岚"]);
});

test("the input names the chosen option for readers, and forgets it when nothing is left", () => {
  choose(input, list, 0);
  expect(input.getAttribute("aria-activedescendant")).toBe(chosen(list)?.id);
  list.innerHTML = "";
  choose(input, list, 0);
  expect(input.hasAttribute("aria-activedescendant")).toBe(false);
});

test("other keys are left to the input", () => {
  expect(walk("a", input, list)).toBe(false);
});
