import type { Drawn } from "./drawn";
import { isStep } from "./marks";
import { type FlowState, NEVER, spoken } from "./state";

const heard = new WeakSet<object>();

/** Make every step reachable by keyboard and readable aloud; press or Enter opens it. */
export function reach(drawn: Drawn, state: FlowState, now: number, open: (id: string) => void): void {
  const registry = drawn.get("elementRegistry");
  for (const element of registry.getAll().filter(isStep)) {
    const gfx = registry.getGraphics(element.id);
    const about = state.elements[element.id] ?? NEVER;
    gfx.setAttribute("tabindex", "0");
    gfx.setAttribute("role", "button");
    gfx.setAttribute("aria-label", spoken(element.businessObject?.name ?? element.id, about, now));
    if (about.state === "here") gfx.setAttribute("aria-current", "step");
    else gfx.removeAttribute("aria-current");
    if (heard.has(gfx)) continue;
    heard.add(gfx);
    gfx.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      open(element.id);
    });
  }
  if (heard.has(drawn)) return;
  heard.add(drawn);
  drawn.get("eventBus").on("element.click", ({ element }) => {
    const step = element.labelTarget ?? element;
    if (isStep(step)) open(step.id);
  });
}
