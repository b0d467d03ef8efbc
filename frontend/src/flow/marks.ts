import type { Canvas, Drawn, DrawnElement, Overlays } from "./drawn";
import { type ElementState, type FlowState, NEVER, owed, type Step } from "./state";

/** Line and ground of a state, as colour tokens: the theme switches them without a redraw. */
const INK: Record<Step, { stroke: string; fill: string; label: string }> = {
  done: { stroke: "var(--ok)", fill: "var(--ok-soft)", label: "var(--ink)" },
  here: { stroke: "var(--accent)", fill: "var(--accent-soft)", label: "var(--ink)" },
  next: { stroke: "var(--edge)", fill: "var(--surface)", label: "var(--ink)" },
  never: { stroke: "var(--line-strong)", fill: "var(--surface)", label: "var(--muted)" },
};
const SMALL = 60;
const STEPS: Step[] = ["done", "here", "next", "never"];

export function isStep(element: DrawnElement): boolean {
  return !element.labelTarget && !element.waypoints && !!element.businessObject?.$instanceOf?.("bpmn:FlowNode");
}

/** Paint a case's position onto the drawing, over whatever was painted before. */
export function paint(drawn: Drawn, state: FlowState, now: number): void {
  const taken = new Set(state.flows);
  drawn.get("overlays").clear();
  for (const element of drawn.get("elementRegistry").getAll()) {
    if (element.waypoints) paintFlow(drawn, element, taken.has(element.id));
    else if (isStep(element)) paintStep(drawn, element, state.elements[element.id] ?? NEVER, now);
  }
}

function paintFlow(drawn: Drawn, flow: DrawnElement, taken: boolean): void {
  colour(drawn, flow, { "border-color": taken ? "var(--ok)" : "var(--line-strong)" });
  mark(drawn.get("canvas"), flow.id, "is-taken", taken);
  for (const label of flow.labels ?? []) colourLabel(drawn, flow, label, taken ? "var(--ink)" : "var(--muted)");
}

function paintStep(drawn: Drawn, element: DrawnElement, state: ElementState, now: number): void {
  const ink = INK[state.state];
  colour(drawn, element, { "border-color": ink.stroke, "background-color": ink.fill });
  const named = element.labels?.[0] ?? element;
  colourLabel(drawn, element, named, ink.label);
  for (const step of STEPS) mark(drawn.get("canvas"), element.id, `is-${step}`, step === state.state);
  const overlays = drawn.get("overlays");
  const who = owed(state, now);
  if (who) note(overlays, element, "flow__who", who, { top: -30, left: element.width / 2 });
  // A gateway's name stands above it; there the count goes below.
  const corner = element.width < SMALL ? { bottom: 8, right: 8 } : { top: -12, right: 10 };
  if ((state.count ?? 1) > 1) note(overlays, element, "flow__times", `×${state.count}`, corner);
}

function colour(drawn: Drawn, element: DrawnElement, colours: Record<string, string>): void {
  for (const [name, value] of Object.entries(colours)) element.di.set(name, value);
  redraw(drawn, element);
}

function colourLabel(drawn: Drawn, element: DrawnElement, label: DrawnElement, value: string): void {
  element.di.label ??= drawn.get("moddle").create("bpmndi:BPMNLabel");
  element.di.label.set("color", value);
  redraw(drawn, label);
}

function redraw(drawn: Drawn, element: DrawnElement): void {
  const gfx = drawn.get("elementRegistry").getGraphics(element.id);
  drawn.get("graphicsFactory").update(element.waypoints ? "connection" : "shape", element, gfx);
}

function mark(canvas: Canvas, id: string, name: string, on: boolean): void {
  if (on) canvas.addMarker(id, name);
  else canvas.removeMarker(id, name);
}

function note(overlays: Overlays, element: DrawnElement, name: string, words: string, position: object): void {
  const html = document.createElement("div");
  html.className = name;
  html.textContent = words;
  overlays.add(element.id, { position, html, scale: { min: 0.9, max: 1 } });
}
