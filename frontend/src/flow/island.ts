/** The live drawing: a BPMN file with a case's position on it, on the page's own colours. */
import MoveCanvas from "diagram-js/lib/navigation/movecanvas";
import ZoomScroll from "diagram-js/lib/navigation/zoomscroll";
import Viewer from "bpmn-js/lib/Viewer";
import htmx from "htmx.org";

import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/diagram-js.css";
import "./flow.css";

import type { Drawn } from "./drawn";
import { paint } from "./marks";
import { reach } from "./reach";
import { fetchState, type FlowState } from "./state";
import * as view from "./view";

const EVERY_MINUTE = 60_000;

/** Draw every `data-flow` under `root` that is not drawn yet. */
export function mount(root: ParentNode): void {
  for (const box of root.querySelectorAll<HTMLElement>("[data-flow]:not([data-drawn])")) {
    box.dataset.drawn = "";
    // The list stays where the drawing cannot be had.
    draw(box).catch((trouble: unknown) => console.warn("The drawing was not shown:", trouble));
  }
}

async function draw(box: HTMLElement): Promise<void> {
  const [xml, state] = await Promise.all([fetchText(box.dataset.xml ?? ""), fetchState(box.dataset.state ?? "")]);
  const canvas = part(box, "canvas");
  show(box, "drawing");
  const drawn = viewer(canvas);
  await drawn.importXML(xml);
  const live = { state };
  const repaint = () => {
    paint(drawn, live.state, Date.now());
    reach(drawn, live.state, Date.now(), (id) => void openPanel(box, id));
  };
  repaint();
  view.shape(drawn, canvas);
  view.first(drawn, state);
  tools(box, drawn, live);
  if (matchMedia("(max-width: 639px)").matches) show(box, "list");
  setInterval(repaint, EVERY_MINUTE);
  document.body.addEventListener("changed", async () => {
    if (!box.isConnected) return;
    live.state = await fetchState(box.dataset.state ?? "");
    repaint();
  });
}

function viewer(container: HTMLElement): Drawn {
  return new Viewer({
    container,
    additionalModules: [MoveCanvas, ZoomScroll],
    // The wheel scrolls the page; it moves the drawing only when that fills the screen.
    zoomScroll: { enabled: false },
    bpmnRenderer: {
      defaultFillColor: "var(--surface)",
      defaultStrokeColor: "var(--line-strong)",
      defaultLabelColor: "var(--muted)",
    },
    textRenderer: {
      // Text is measured before it is drawn: a variable would be measured as another font.
      defaultStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 13, lineHeight: 1.3 },
      externalStyle: { fontSize: 12.5 },
    },
  }) as unknown as Drawn;
}

function tools(box: HTMLElement, drawn: Drawn, live: { state: FlowState }): void {
  const acts: Record<string, () => void> = {
    in: () => view.zoom(drawn, 1),
    out: () => view.zoom(drawn, -1),
    fit: () => view.fit(drawn),
    here: () => view.here(drawn, live.state),
    full: () => void (document.fullscreenElement ? document.exitFullscreen() : box.requestFullscreen()),
  };
  box.addEventListener("click", ({ target }) => {
    const button = (target as Element).closest<HTMLElement>("[data-flow-do], [data-flow-view], [data-flow-close]");
    if (button?.dataset.flowDo) acts[button.dataset.flowDo]?.();
    if (button?.dataset.flowView) show(box, button.dataset.flowView);
    if (button && "flowClose" in button.dataset) closePanel(box);
  });
  box.addEventListener("keydown", (event) => {
    const keys: Record<string, string> = { "+": "in", "=": "in", "-": "out", "0": "fit" };
    if (event.key === "Escape") closePanel(box);
    else if (!event.ctrlKey && !event.metaKey) acts[keys[event.key] ?? ""]?.();
  });
  box.addEventListener("fullscreenchange", () => {
    drawn.get("zoomScroll").toggle(document.fullscreenElement === box);
    drawn.get("canvas").resized();
    view.fit(drawn);
  });
  for (const hidden of [part(box, "tools"), part(box, "legend")]) hidden.hidden = false;
}

/** The drawing or the list; the drawing's own tools go with it. */
function show(box: HTMLElement, what: string): void {
  box.dataset.shows = what;
  part(box, "canvas").hidden = what !== "drawing";
  part(box, "list").hidden = what === "drawing";
  for (const button of box.querySelectorAll<HTMLElement>("[data-flow-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.flowView === what));
  }
}

async function openPanel(box: HTMLElement, id: string): Promise<void> {
  const panel = part(box, "panel");
  const address = (box.dataset.element ?? "").replace("ELEMENT", encodeURIComponent(id));
  panel.dataset.about = id;
  panel.hidden = false;
  await htmx.ajax("GET", address, { target: panel, swap: "innerHTML" });
}

function closePanel(box: HTMLElement): void {
  const panel = part(box, "panel");
  if (panel.hidden) return;
  panel.hidden = true;
  box.querySelector<SVGElement>(`[data-element-id="${panel.dataset.about}"]`)?.focus();
}

function part(box: HTMLElement, name: string): HTMLElement {
  return box.querySelector(`[data-flow-${name}]`) as HTMLElement;
}

async function fetchText(address: string): Promise<string> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return answer.text();
}
