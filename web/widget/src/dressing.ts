// Gives the widget the looks that the municipality chose, under any Content-Security-Policy.

import type { Http } from "./http.js";
import { coloursSheet, parseSettings, type Settings } from "./settings.js";
import type { Timers } from "./timers.js";

/** Longer than this nobody waits for the right colours. */
const WITHIN_MS = 2_000;

/** The settings of the municipality, or plain ones when they do not come in time; never rejects. */
export async function fetchSettings(http: Http, municipality: string | null, timers: Timers): Promise<Settings> {
  const none = parseSettings(null);
  const late = new Promise<Settings>((resolve) => timers.after(WITHIN_MS, () => resolve(none)));
  return Promise.race([http.settings(municipality).catch(() => none), late]);
}

/** Adopts the colours as a style sheet of the shadow root alone. */
export function wear(root: ShadowRoot, settings: Settings): void {
  if (Object.keys(settings.colours).length === 0 || !("adoptedStyleSheets" in root)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(coloursSheet(settings.colours));
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
