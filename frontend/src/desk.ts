/** The office's pages. */
import htmx from "htmx.org";

import * as copy from "./desk/copy";
import * as fresh from "./desk/fresh";
import * as jump from "./desk/jump";
import * as keys from "./desk/keys";
import * as lists from "./desk/lists";
import * as palette from "./desk/palette";
import * as poll from "./desk/poll";
import * as opening from "./parts/opening";
import { start } from "./parts/page";
import * as seek from "./parts/seek";

start();
keys.listen();
lists.listen();
palette.listen();
seek.listen();
copy.listen();
jump.listen();
fresh.listen(htmx);
poll.start(htmx);

/** The drawing is heavy, and most pages have none: it comes when one does. */
function draw(root: ParentNode): void {
  if (root.querySelector("[data-flow]:not([data-drawn])")) void import("./flow/island").then(({ mount }) => mount(root));
}

draw(document);
document.addEventListener("htmx:after:swap", (event) => {
  draw(document);
  opening.passToasts(document);
  (event.target as Element).querySelector?.<HTMLElement>("[data-focus]")?.focus();
});
