// Gives the widget the looks that the municipality chose, under any Content-Security-Policy.

import type { Http } from "./http.js";
import { coloursSheet, inLanguage, parseSettings, type Settings } from "./settings.js";
import { language, languageOf, speak } from "./texts.js";
import type { Timers } from "./timers.js";

/** Longer than this nobody waits for the right colours. */
const WITHIN_MS = 2_000;

/** The settings of the municipality, or plain ones when they do not come in time; never rejects. */
export async function fetchSettings(http: Http, municipality: string | null, timers: Timers): Promise<Settings> {
  const none = parseSettings(null);
  const late = new Promise<Settings>((resolve) => timers.after(WITHIN_MS, () => resolve(none)));
  return Promise.race([http.settings(municipality).catch(() => none), late]);
}

/**
 * Makes the widget speak the language of its tag, of the municipality, or of the page it stands on, in this order.
 * Returns the settings in that language; a welcome that the tag itself gives goes before theirs.
 */
export function speakFor(tag: HTMLElement, settings: Settings | null): Settings | null {
  speak(languageOf(tag.dataset.language, settings?.language, tag.closest<HTMLElement>("[lang]")?.lang));
  if (settings === null) return null;
  const own = inLanguage(settings, language);
  return { ...own, welcome: tag.dataset.welcome ?? own.welcome };
}

/** Adopts the colours as a style sheet of the shadow root alone. */
export function wear(root: ShadowRoot, settings: Settings): void {
  if (Object.keys(settings.colours).length === 0 || !("adoptedStyleSheets" in root)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(coloursSheet(settings.colours));
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
