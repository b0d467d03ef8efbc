import type { Drawn, DrawnElement } from "./drawn";
import { isStep } from "./marks";
import type { FlowState } from "./state";

const STEP = 1.25;
const SMALLEST = 0.2;
const LARGEST = 3;
/** Below this a label of 13 px can no longer be read: better a part of the drawing than all of it unread. */
const READABLE = 0.7;
const COMFORTABLE = 0.9;
const MARGIN = 28;
const LOWEST = 240;
const HIGHEST = 560;

/** Make the canvas as high as the drawing needs at its width, so that no empty field stands below it. */
export function shape(drawn: Drawn, canvas: HTMLElement): void {
  const { inner } = drawn.get("canvas").viewbox();
  const whole = Math.min(1, canvas.clientWidth / (inner.width + 2 * MARGIN));
  const scale = whole < READABLE ? COMFORTABLE : whole;
  canvas.style.height = `${Math.min(HIGHEST, Math.max(LOWEST, Math.round((inner.height + 2 * MARGIN) * scale)))}px`;
  drawn.get("canvas").resized();
}

/** All of it, never larger than life. */
export function fit(drawn: Drawn): void {
  const canvas = drawn.get("canvas");
  const { inner, ...outer } = canvas.viewbox();
  const [wide, high] = [outer.width * outer.scale, outer.height * outer.scale];
  const scale = Math.min(1, wide / (inner.width + 2 * MARGIN), high / (inner.height + 2 * MARGIN));
  const [width, height] = [wide / scale, high / scale];
  canvas.viewbox({
    x: inner.x - (width - inner.width) / 2,
    y: inner.y - (height - inner.height) / 2,
    width,
    height,
  });
}

/** All of it where that can be read, else the place where the case is now. */
export function first(drawn: Drawn, state: FlowState): void {
  fit(drawn);
  if (drawn.get("canvas").zoom() < READABLE) here(drawn, state);
}

/** The step that waits, in the middle, at a readable size. */
export function here(drawn: Drawn, state: FlowState): void {
  const waiting = drawn.get("elementRegistry").getAll().filter((element) => isHere(element, state));
  const [element] = waiting;
  if (!element) return;
  const canvas = drawn.get("canvas");
  canvas.zoom(COMFORTABLE);
  const { inner, width, height } = canvas.viewbox();
  const centre = { x: element.x + element.width / 2, y: element.y + element.height / 2 };
  canvas.viewbox({
    x: clamp(centre.x - width / 2, inner.x - MARGIN, inner.x + inner.width + MARGIN - width),
    y: clamp(centre.y - height / 2, inner.y - MARGIN, inner.y + inner.height + MARGIN - height),
    width,
    height,
  });
}

function isHere(element: DrawnElement, state: FlowState): boolean {
  return isStep(element) && state.elements[element.id]?.state === "here";
}

export function zoom(drawn: Drawn, way: 1 | -1): void {
  const canvas = drawn.get("canvas");
  canvas.zoom(clamp(canvas.zoom() * STEP ** way, SMALLEST, LARGEST), "auto");
}

/** Between the two; what is narrower than the view stands in its middle. */
function clamp(value: number, least: number, most: number): number {
  return most < least ? (least + most) / 2 : Math.min(most, Math.max(least, value));
}
