/** What we use of bpmn-js, typed by hand: its own types stop at the viewer. */

interface Di {
  set(name: string, value: string): void;
  label?: Di;
}

export interface DrawnElement {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  waypoints?: unknown[];
  labelTarget?: DrawnElement;
  labels?: DrawnElement[];
  di: Di;
  businessObject?: { name?: string; $instanceOf?(type: string): boolean };
}

export interface Viewbox {
  x: number;
  y: number;
  width: number;
  height: number;
  scale: number;
  inner: { x: number; y: number; width: number; height: number };
}

export interface Canvas {
  addMarker(id: string, name: string): void;
  removeMarker(id: string, name: string): void;
  resized(): void;
  viewbox(): Viewbox;
  viewbox(box: { x: number; y: number; width: number; height: number }): void;
  zoom(): number;
  zoom(level: number | "fit-viewport", centre?: "auto" | { x: number; y: number }): number;
}

export interface Overlays {
  add(id: string, overlay: { position: object; html: HTMLElement; scale?: object }): string;
  clear(): void;
}

interface Services {
  canvas: Canvas;
  overlays: Overlays;
  elementRegistry: { getAll(): DrawnElement[]; get(id: string): DrawnElement | undefined; getGraphics(id: string): SVGElement };
  graphicsFactory: { update(type: "shape" | "connection", element: DrawnElement, gfx: SVGElement): void };
  moddle: { create(type: string): Di };
  eventBus: { on(event: string, hear: (event: { element: DrawnElement }) => void): void };
  zoomScroll: { toggle(on: boolean): void };
}

export interface Drawn {
  get<Name extends keyof Services>(name: Name): Services[Name];
  importXML(xml: string): Promise<{ warnings: unknown[] }>;
}
