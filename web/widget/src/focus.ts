// Keeps the keyboard focus inside the panel where it covers the page: there, focus behind it would be invisible.

const STOPS = ":is(a[href], button:not(:disabled), textarea, input, [tabindex='0'])";

/** Moves from the last stop to the first, or back; `title` counts as before the first. */
export function keepFocus(event: KeyboardEvent, root: ShadowRoot): void {
  const all = [...root.querySelectorAll<HTMLElement>(`.panel ${STOPS}`)];
  const stops = all.filter((stop) => stop.getClientRects().length > 0);
  const first = stops[0];
  const last = stops[stops.length - 1];
  const focused = root.activeElement;
  const leaving = event.shiftKey ? focused === first || focused === root.querySelector("#wegwijs-title") : focused === last;
  if (!leaving) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
