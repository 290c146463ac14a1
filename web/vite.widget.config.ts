// Builds the whole widget into one file, dist/widget.js, so that a website needs one script tag.
import { defineConfig } from "vite";

export default defineConfig({
  publicDir: false,
  build: {
    target: "es2020",
    cssTarget: "esnext", // as it is written: a browser that does not know a line goes without
    outDir: "dist",
    emptyOutDir: false,
    lib: {
      entry: "widget/src/main.ts",
      formats: ["iife"],
      name: "WegwijsWidget",
      fileName: () => "widget.js",
    },
  },
});
