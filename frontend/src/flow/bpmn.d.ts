declare module "bpmn-js/lib/Viewer" {
  export default class Viewer {
    constructor(options: object);
  }
}
declare module "diagram-js/lib/navigation/movecanvas" {
  const module: object;
  export default module;
}
declare module "diagram-js/lib/navigation/zoomscroll" {
  const module: object;
  export default module;
}
