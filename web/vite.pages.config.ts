// Builds the pages into dist/NAME/index.html, with their files together in dist/assets ("/assets/...").
import { defineConfig } from "vite";

export default defineConfig({
  base: "/",
  publicDir: false,
  build: {
    target: "es2020",
    outDir: "dist",
    emptyOutDir: true, // so this build goes first: the widget's only adds its file
    assetsInlineLimit: 0, // no data: addresses, the Content-Security-Policy stays strict
    modulePreload: false,
    rolldownOptions: { input: { demo: "demo/index.html", integratie: "demo/integratie.html", kennis: "kennis/index.html", desk: "desk/index.html" } },
  },
});
