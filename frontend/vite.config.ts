import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vitest/config";

import { sprite } from "./sprite.ts";

export default defineConfig({
  // Django serves the bundle under its static address; chunks find each other there.
  base: "/static/",
  plugins: [tailwindcss(), sprite()],
  build: {
    outDir: "dist",
    manifest: "manifest.json",
    target: "es2022",
    // A data: address would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: ["src/style.css", "src/desk.ts", "src/portal.ts", "src/field.ts"],
    },
  },
  test: { environment: "happy-dom" },
});
