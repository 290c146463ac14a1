// Builds the demo page into dist/demo; the gateway serves it as "/" and its files as "/assets/...".
import { defineConfig } from "vite";

export default defineConfig({
  root: "demo",
  base: "/",
  publicDir: false,
  build: {
    target: "es2020",
    outDir: "../dist/demo",
    emptyOutDir: true,
    assetsInlineLimit: 0, // no data: addresses, the Content-Security-Policy stays strict
    modulePreload: false,
  },
});
