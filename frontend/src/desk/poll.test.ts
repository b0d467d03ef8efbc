import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { check } from "./poll";

const htmx = { trigger: vi.fn() };
let page: HTMLElement;

beforeEach(() => {
  document.body.innerHTML = `<main data-version="7" data-version-url="/cases/1/version"></main><div id="toasts"></div>`;
  page = document.querySelector("main") as HTMLElement;
});
afterEach(() => vi.unstubAllGlobals());

function answers(text: string): void {
  vi.stubGlobal("fetch", vi.fn(async () => new Response(text)));
}

test("the same version leaves the page alone", async () => {
  answers("7");
  await check(page, htmx, document);
  expect(htmx.trigger).not.toHaveBeenCalled();
});

test("a new version tells the parts to fetch themselves, once", async () => {
  answers("8");
  await check(page, htmx, document);
  await check(page, htmx, document);
  expect(htmx.trigger).toHaveBeenCalledExactlyOnceWith(document.body, "changed");
});

test("a silent server is said once, and taken back when it answers", async () => {
  vi.stubGlobal("fetch", vi.fn(async () => Promise.reject(new TypeError("offline"))));
  await check(page, htmx, document);
  await check(page, htmx, document);
  expect(document.querySelectorAll("#offline")).toHaveLength(1);
  answers("8");
  await check(page, htmx, document);
  expect(document.querySelectorAll("#offline")).toHaveLength(0);
});
