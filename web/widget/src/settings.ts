// What the municipality decided about its widget, as the server gives it; a text that is empty is the widget's own.

import { isObject } from "./wire.js";

export interface Settings {
  readonly title: string;
  readonly welcome: string;
  readonly avatar: string;
  readonly colours: Readonly<Record<string, string>>;
  readonly privacyText: string;
  readonly privacyUrl: string;
  /** Days after the last message; 0 when the server did not tell. */
  readonly keepDays: number;
  readonly openingHours: string;
  readonly personButton: boolean;
  readonly hiddenOn: readonly string[];
}

const COLOUR = /^#[0-9a-f]{6}$/i;

/** Settings from whatever came: what is missing or odd becomes empty, because a widget without colours still helps. */
export function parseSettings(value: unknown): Settings {
  const given = isObject(value) ? value : {};
  const privacy = isObject(given.privacy) ? given.privacy : {};
  const colours = isObject(given.colours) ? Object.entries(given.colours) : [];
  return {
    title: text(given.title),
    welcome: text(given.welcome),
    avatar: safeImage(text(given.avatar)),
    colours: Object.fromEntries(colours.filter(([name, colour]) => /^[a-z-]+$/.test(name) && COLOUR.test(text(colour)))) as Record<string, string>,
    privacyText: text(privacy.text),
    privacyUrl: text(privacy.url),
    keepDays: typeof privacy.keep_days === "number" ? privacy.keep_days : 0,
    openingHours: text(given.opening_hours),
    personButton: given.person_button !== false,
    hiddenOn: Array.isArray(given.hidden_on) ? given.hidden_on.filter((path): path is string => typeof path === "string") : [],
  };
}

/** Whether the widget stays away from this page: `/zorg/*` means everything that begins with `/zorg/`. */
export function isHidden(settings: Settings, path: string): boolean {
  return settings.hiddenOn.some((wanted) => (wanted.endsWith("*") ? path.startsWith(wanted.slice(0, -1)) : path === wanted));
}

/** The colours as rules of the widget's own style sheet: it needs no inline style, so it works under a strict policy. */
export function coloursSheet(colours: Readonly<Record<string, string>>): string {
  const rules = Object.entries(colours).map(([name, colour]) => `--_set-${name}:${colour};`);
  if (colours.primary) rules.push(`--_set-primary-hover:${darker(colours.primary)};`);
  return `:host{${rules.join("")}}`;
}

/** The same colour at three quarters of its light. */
export function darker(colour: string): string {
  const parts = [1, 3, 5].map((at) => Math.round(parseInt(colour.slice(at, at + 2), 16) * 0.75));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function safeImage(address: string): string {
  return /^https:\/\//i.test(address) ? address : "";
}
