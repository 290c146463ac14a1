// Unit tests run without a browser: what needs one is tested in Chromium (tests/web at the top of the project).
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["tests/**/*.test.ts"], environment: "node" },
});
