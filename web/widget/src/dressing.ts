// Gives the widget the looks that the municipality chose, under any Content-Security-Policy.

import { ApiError, type Http } from "./http.js";
import { coloursSheet, inLanguage, parseSettings, type Settings } from "./settings.js";
import { language, languageOf, speak } from "./texts.js";
import { backoff, type Timers } from "./timers.js";

/** Longer than this nobody waits for the right colours. */
const WITHIN_MS = 2_000;
/** Some minutes; a page that stands open on a website where the chat does not belong must not ask for ever. */
const MOST_TRIES = 8;

/**
 * Gives the settings of the municipality as soon as they are there; plain ones first when that takes long or fails. What failed is
 * tried again, because the privacy text is among them. Null: the chat does not belong on this website. Returns what stops it.
 */
export function fetchSettings(http: Http, municipality: string | null, timers: Timers, give: (settings: Settings | null) => void): () => void {
  let cancel = timers.after(WITHIN_MS, () => give(parseSettings(null)));
  let stopped = false;
  const ask = async (attempt: number): Promise<void> => {
    try {
      const found = await http.settings(municipality);
      cancel();
      if (!stopped) give(found);
    } catch (error) {
      cancel();
      if (stopped) return;
      if (error instanceof ApiError && error.code === "foreign_site") return give(null);
      if (attempt === 0) give(parseSettings(null));
      if (error instanceof ApiError && error.final) return;
      if (attempt + 1 < MOST_TRIES) cancel = timers.after(backoff(attempt, timers.random), () => void ask(attempt + 1));
    }
  };
  void ask(0);
  return () => {
    stopped = true;
    cancel();
  };
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
