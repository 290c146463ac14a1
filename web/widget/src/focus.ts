// Where the keyboard focus goes: after an act to where one goes on, and never behind a panel that covers the page.

import type { LitElement, ReactiveController } from "lit";

const TOUCH = "(hover: none) and (pointer: coarse)";
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

/** Moves the focus after the coming update, when what it goes to is there; and never lets it fall out of the chat. */
export class Focus implements ReactiveController {
  /** The id of what has the focus before an update, "?" for what has none, or empty. */
  private held = "";

  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  on(selector: string, preventScroll = false): void {
    void this.host.updateComplete.then(() => this.find(selector)?.focus({ preventScroll }));
  }

  /** With touch not the text box, whose keyboard would cover the talk, but the title or the message just used. */
  inside(place = "#wegwijs-title"): void {
    void this.host.updateComplete.then(() => this.enter(matchMedia(TOUCH).matches ? null : this.find("#wegwijs-text"), place));
  }

  hostUpdate(): void {
    const at = this.root?.activeElement;
    this.held = at ? at.id || "?" : "";
  }

  /** What had the focus is gone or switched off, because the bot asks for something else or the conversation ended: who types or listens goes on in its place. */
  hostUpdated(): void {
    const at = this.root?.activeElement;
    if (this.held === "" || (at && !at.matches(":disabled"))) return;
    const box = this.find("#wegwijs-text");
    this.enter(this.held === "wegwijs-text" || !matchMedia(TOUCH).matches ? box : null, "#wegwijs-title");
  }

  private enter(box: HTMLElement | null, place: string): void {
    (box ?? this.find(place))?.focus({ preventScroll: box === null });
  }

  private get root(): ShadowRoot | undefined {
    return this.host.renderRoot as ShadowRoot | undefined;
  }

  private find(selector: string): HTMLElement | null {
    return this.root?.querySelector<HTMLElement>(selector) ?? null;
  }
}
