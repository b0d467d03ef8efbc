/** The customer's pages, and those that stand alone: everything works without this, too. */
import { start } from "./parts/page";

start();
