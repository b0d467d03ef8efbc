import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { Plugin } from "vite";

/** Our names for icons → names in the icon set; only these reach the browser. */
const names = JSON.parse(readFileSync(new URL("icons.json", import.meta.url), "utf8")) as Record<string, string>;

interface IconSet {
  icons: Record<string, { body: string }>;
  aliases?: Record<string, { parent: string }>;
}

/** One SVG file of `<symbol>`s, named after our own words for them. */
export function drawSprite(set: IconSet, wanted: Record<string, string> = names): string {
  const symbols = Object.entries(wanted).map(([ours, theirs]) => {
    const icon = set.icons[theirs] ?? set.icons[set.aliases?.[theirs]?.parent ?? ""];
    if (!icon) throw new Error(`icons.json: the icon set has no "${theirs}" for "${ours}".`);
    return `<symbol id="${ours}" viewBox="0 0 24 24">${icon.body}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

/** Put the sprite into the bundle, listed in the manifest as `src/icons.svg`. */
export function sprite(): Plugin {
  return {
    name: "shouhou-sprite",
    apply: "build",
    generateBundle() {
      const require = createRequire(import.meta.url);
      const set = require("@iconify-json/lucide/icons.json") as IconSet;
      this.emitFile({
        type: "asset",
        name: "icons.svg",
        originalFileName: "src/icons.svg",
        source: drawSprite(set),
      });
    },
  };
}
