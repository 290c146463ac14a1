// The widget's own words in the language of this page. Everybody reads `texts`, which follows `speak`.

import { en } from "./texts.en.js";
import { nl } from "./texts.nl.js";

export type Language = "nl" | "en";

/** The same keys, with any words. */
type Wide<Words> = Words extends string
  ? string
  : Words extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { readonly [Key in keyof Words]: Wide<Words[Key]> };
export type Texts = Wide<typeof nl>;

const ALL: Record<Language, Texts> = { nl, en };
const LOCALES: Record<Language, string> = { nl: "nl-NL", en: "en-GB" };

export let language: Language = "nl";
export let locale = LOCALES.nl;
export let texts: Texts = nl;

/** One page, one language: from here on all words are in this one. */
export function speak(wanted: Language): void {
  language = wanted;
  locale = LOCALES[wanted];
  texts = ALL[wanted];
}

/** The first wish that is a language of ours ("en-GB" is English), otherwise Dutch. */
export function languageOf(...wishes: readonly (string | null | undefined)[]): Language {
  const known = wishes.map((wish) => (wish ?? "").trim().toLowerCase().split(/[-_]/)[0] ?? "").find((wish) => Object.keys(ALL).includes(wish));
  return (known as Language | undefined) ?? "nl";
}

/** What the municipality and the bot say, unless a message tells otherwise. */
export const DUTCH = "nl";

/** The `lang` that words in this language need: none where it is the widget's own. */
export function foreign(other: string): string | undefined {
  return other === language ? undefined : other;
}

/** What a refusal says: the server's Dutch sentence is the most exact; in another language ours tells it by its code. */
export function refusal(code: string, message: string): string {
  const own = Object.entries(texts.refusals).find(([known]) => known === code)?.[1] ?? "";
  return language === "nl" ? message || own : own;
}
