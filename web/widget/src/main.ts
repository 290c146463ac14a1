// The script tag: puts one <wegwijs-chat> on the page, with the settings of the tag itself.

import { WegwijsChat } from "./chat.js";

// Only readable while the script runs for the first time, so before waiting for the page.
const script = (document.currentScript ?? document.querySelector('script[src*="widget.js"]')) as HTMLScriptElement | null;

// A browser without adopted style sheets gets style elements, which a strict policy allows by the page's own nonce only.
if (script?.nonce) (globalThis as { litNonce?: string }).litNonce = script.nonce;

function place(): void {
  if (document.querySelector("wegwijs-chat")) return;
  const chat = document.createElement("wegwijs-chat");
  for (const [name, value] of Object.entries(script?.dataset ?? {})) if (value !== undefined) chat.dataset[name] = value;
  if (!chat.dataset.api && script?.src) chat.dataset.api = new URL(script.src).origin;
  document.body.append(chat);
}

if (!customElements.get("wegwijs-chat")) customElements.define("wegwijs-chat", WegwijsChat);
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", place, { once: true });
else place();
