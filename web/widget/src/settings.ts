// What the municipality decided about its widget, as the server gives it; a text that is empty is the widget's own.

import { DUTCH, type Language } from "./texts.js";
import { isObject } from "./wire.js";

/** Sentences of the municipality in one language; what is empty is not there. */
export interface Words {
  readonly welcome: string;
  readonly openingHours: string;
  readonly privacyText: string;
}

export interface Settings extends Words {
  readonly title: string;
  /** What the widget speaks here, or empty where the page decides. */
  readonly language: string;
  readonly english: Words;
  readonly privacyLanguage: string;
  readonly avatar: string;
  readonly colours: Readonly<Record<string, string>>;
  readonly privacyUrl: string;
  /** Days after the last message; 0 when the server did not tell. */
  readonly keepDays: number;
  readonly personButton: boolean;
  readonly hiddenOn: readonly string[];
  /** A conversation can go on in WhatsApp. */
  readonly whatsapp: boolean;
  /** The server sends the conversation by e-mail; otherwise the citizen's own mail program does. */
  readonly mail: boolean;
  /** A picture can go along with a report. */
  readonly pictures: boolean;
}

const COLOUR = /^#[0-9a-f]{6}$/i;

/** Settings from whatever came: what is missing or odd becomes empty, because a widget without colours still helps. */
export function parseSettings(value: unknown): Settings {
  const given = objectOf(value);
  const privacy = objectOf(given.privacy);
  const colours = Object.entries(objectOf(given.colours));
  return {
    ...words(given),
    title: text(given.title),
    language: text(given.language),
    english: words(objectOf(given.english)),
    privacyLanguage: DUTCH,
    avatar: safeImage(text(given.avatar)),
    colours: Object.fromEntries(colours.filter(([name, colour]) => /^[a-z-]+$/.test(name) && COLOUR.test(text(colour)))) as Record<string, string>,
    privacyUrl: text(privacy.url),
    keepDays: typeof privacy.keep_days === "number" ? privacy.keep_days : 0,
    personButton: given.person_button !== false,
    hiddenOn: Array.isArray(given.hidden_on) ? given.hidden_on.filter((path): path is string => typeof path === "string") : [],
    whatsapp: given.whatsapp === true,
    mail: given.mail === true,
    pictures: given.pictures === true,
  };
}

/** The same with the sentences of this language. A privacy text that is Dutch only stays: nobody may miss it. */
export function inLanguage(settings: Settings, language: Language): Settings {
  if (language === DUTCH) return settings;
  const { english } = settings;
  const privacyLanguage = english.privacyText === "" ? DUTCH : language;
  return { ...settings, ...english, privacyText: english.privacyText || settings.privacyText, privacyLanguage };
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

function words(given: Record<string, unknown>): Words {
  return { welcome: text(given.welcome), openingHours: text(given.opening_hours), privacyText: text(objectOf(given.privacy).text) };
}

function objectOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function safeImage(address: string): string {
  return /^https:\/\//i.test(address) ? address : "";
}
