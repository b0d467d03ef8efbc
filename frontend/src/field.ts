/** The technician's pages. */
import "htmx.org";

import { start } from "./parts/page";

start();
