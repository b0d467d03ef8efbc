import { span } from "../parts/spans";
import { say } from "../parts/words";

export type Step = "done" | "here" | "next" | "never";

/** Where one element stands: how often it was passed, since when someone owes it, and who. */
export interface ElementState {
  state: Step;
  count?: number;
  since?: string;
  owner?: string;
}

/** A case's position on its drawing; an element that is not named was never reached. */
export interface FlowState {
  elements: Record<string, ElementState>;
  flows: string[];
}

export const NEVER: ElementState = { state: "never" };

/** What a reader hears of an element: 征得同意改约, now here, 李女士 · 39 分钟. */
export function spoken(name: string, { state, count = 1, ...rest }: ElementState, now: number): string {
  const parts = [name.replace(/\s*\n\s*/g, " "), say(state), owed({ state, ...rest }, now)];
  if (count > 1) parts.push(say("times", { count }));
  return parts.filter(Boolean).join(", ");
}

/** Who owes the step and for how long: 李女士 · 39 分钟. */
export function owed({ state, owner, since }: ElementState, now: number): string {
  if (state !== "here") return "";
  return [owner, since && span(Math.max(0, now - Date.parse(since)))].filter(Boolean).join(" · ");
}

export async function fetchState(address: string): Promise<FlowState> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return (await answer.json()) as FlowState;
}
