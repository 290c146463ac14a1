// Fails the build when the widget grows past what a citizen's phone should have to fetch.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT_BYTES = 35 * 1024;
const bytes = gzipSync(readFileSync(new URL("../dist/widget.js", import.meta.url)), { level: 9 }).length;
console.log(`widget.js: ${(bytes / 1024).toFixed(1)} KiB gzip (limit ${LIMIT_BYTES / 1024} KiB)`);
if (bytes > LIMIT_BYTES) process.exit(1);
