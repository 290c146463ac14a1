// What an agent likes, kept in this browser: nothing about citizens.

export interface Preferences {
  readonly sound: boolean;
  readonly notices: boolean;
  readonly letters: boolean;
  readonly facts: boolean;
  /** Conversations next to each other; 0 leaves it to the width of the screen. */
  readonly columns: number;
}

const KEY = "wegwijs-desk";
const FIRST: Preferences = { sound: true, notices: false, letters: true, facts: true, columns: 0 };

export function readPreferences(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof stored === "object" && stored !== null ? { ...FIRST, ...stored } : FIRST;
  } catch {
    return FIRST; // a browser that keeps nothing, or somebody else's text
  }
}

export function keepPreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Not kept: it holds until the page is left.
  }
}
