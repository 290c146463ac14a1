// What an agent likes, kept in this browser: nothing about citizens.

export interface Preferences {
  readonly sound: boolean;
  readonly notices: boolean;
  readonly letters: boolean;
  readonly facts: boolean;
}

const KEY = "wegwijs-desk";
const FIRST: Preferences = { sound: true, notices: false, letters: true, facts: true };

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
