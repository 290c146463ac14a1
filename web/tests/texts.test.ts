// Dates, counts and what a screen reader hears.

import { afterEach, describe, expect, it } from "vitest";
import { spoken } from "../widget/src/announcer.js";
import { newId } from "../widget/src/ids.js";
import { longDate } from "../widget/src/dates.js";
import { en } from "../widget/src/texts.en.js";
import { nl } from "../widget/src/texts.nl.js";
import { foreign, languageOf, refusal, speak, texts } from "../widget/src/texts.js";
import { charactersLeft, countText } from "../widget/src/views/composer.js";
import { message } from "./fakes.js";

afterEach(() => speak("nl"));

/** Every sentence with the path of its key; a function is asked for one thing and for more. */
function sentences(words: object, path = ""): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    if (typeof value === "string") return [[path + key, value]];
    if (typeof value === "object") return sentences(value as object, `${path}${key}.`);
    const tell = value as (...given: unknown[]) => string;
    return [1, 3].map((given) => [`${path}${key}(${given})`, tell(given, "")]);
  });
}

const DUTCH = /\b(?:u|uw|de|het|een|en|van|niet|wij|bij|voor|met|naar|gesprek|bericht|medewerker|gemeente|keuzes?|melding|ja|nee|bron|nog|wordt|dit|dat|kan|zelf|opnieuw)\b/i;
const ENGLISH = /\b(?:you|your|the|and|not|we|with|conversation|message|please|this|that|again)\b/i;

describe("the two languages", () => {
  it("have the same keys, and nothing is empty", () => {
    const [dutch, english] = [sentences(nl), sentences(en)];
    expect(english.map(([key]) => key)).toEqual(dutch.map(([key]) => key));
    expect([...dutch, ...english].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  it("keep to themselves", () => {
    expect(sentences(en).filter(([, text]) => DUTCH.test(text))).toEqual([]);
    expect(sentences(nl).filter(([, text]) => ENGLISH.test(text))).toEqual([]);
  });

  it("address a citizen as u", () => {
    expect(sentences(nl).filter(([, text]) => /\b(?:je|jij|jou|jouw|jullie)\b/i.test(text))).toEqual([]);
  });

  it("are read through texts.ts only, which knows the language of the page", () => {
    const modules = import.meta.glob<string>("../widget/src/**/*.ts", { query: "?raw", import: "default", eager: true });
    const around = Object.keys(modules).filter((name) => !name.endsWith("/texts.ts") && /from "[./]*texts\.(?:nl|en)\.js"/.test(modules[name] ?? ""));
    expect(Object.keys(modules).length).toBeGreaterThan(30);
    expect(around).toEqual([]);
  });
});

describe("the language of a page", () => {
  it.each([
    [["en", "nl", "nl"], "en"],
    [[undefined, "", "en-GB"], "en"],
    [[null, "nl", "en"], "nl"],
    [["fy", undefined, "NL_nl"], "nl"],
    [["de", undefined, "constructor"], "nl"],
    [[], "nl"],
  ])("out of the wishes %j is %s", (wishes, chosen) => {
    expect(languageOf(...(wishes as string[]))).toBe(chosen);
  });

  it("changes all words at once, and marks those that are not of it", () => {
    expect([texts.send, foreign("nl"), foreign("en")]).toEqual(["Versturen", undefined, "en"]);
    speak("en");
    expect([texts.send, foreign("nl"), foreign("en")]).toEqual(["Send", "nl", undefined]);
  });

  it("takes the server's own sentence in Dutch, and ours by the code in English", () => {
    expect(refusal("too_fast", "Wacht 3 tellen.")).toBe("Wacht 3 tellen.");
    expect(refusal("too_fast", "")).toBe(nl.refusals.too_fast);
    speak("en");
    expect(refusal("too_fast", "Wacht 3 tellen.")).toBe(en.refusals.too_fast);
    expect(refusal("toString", "Wacht.")).toBe("");
  });
});

describe("longDate", () => {
  it.each([
    ["2026-11-22", "22 november 2026"],
    ["2026-01-01T00:00:00+01:00", "1 januari 2026"],
    ["gisteren", ""],
    ["", ""],
  ])("writes %j as %j", (iso, shown) => {
    expect(longDate(iso)).toBe(shown);
  });
});

describe("the counter", () => {
  it.each([
    ["", ""],
    ["a".repeat(899), ""],
    ["a".repeat(900), "Nog 100 tekens"],
    ["a".repeat(999), "Nog 1 teken"],
    ["a".repeat(1000), "Nog 0 tekens"],
    ["a".repeat(1002), "2 tekens te veel"],
  ])("is silent until it matters", (draft, shown) => {
    expect(countText(charactersLeft(draft))).toBe(shown);
  });
});

describe("spoken", () => {
  it("names who speaks and which choices there are", () => {
    const said = spoken(message(1, { text: "Wat wilt u **weten**?", choices: [{ id: "a", title: "Kosten" }, { id: "b", title: "Duur" }] }));
    expect(said.map(({ text }) => text).join("")).toBe("Wegwijs: Wat wilt u weten? Keuzes: Kosten, Duur.");
  });

  it("tells a screen reader which pieces are Dutch, or another language", () => {
    speak("en");
    const said = spoken(message(1, { text: "Dag", choices: [{ id: "a", title: "Kosten" }] }));
    expect(said.map(({ text, lang }) => [text, lang])).toEqual([
      ["Wegwijs: ", undefined],
      ["Dag.", "nl"],
      [" Options: ", undefined],
      ["Kosten.", "nl"],
    ]);
    expect(spoken(message(1, { text: "Merhaba", meta: { language: "tr" } }))[1]?.lang).toBe("tr");
    expect(spoken(message(1, { text: "Hello", meta: { language: "en" } }))[1]?.lang).toBeUndefined();
  });
});

describe("newId", () => {
  it.each([
    ["with", crypto],
    ["without", { getRandomValues: crypto.getRandomValues.bind(crypto) } as unknown as Crypto],
  ])("makes different UUIDs %s randomUUID", (_, source) => {
    const ids = [newId(source), newId(source)];
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
