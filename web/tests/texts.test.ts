// Dates, counts and what a screen reader hears.

import { describe, expect, it } from "vitest";
import { spoken } from "../widget/src/announcer.js";
import { newId } from "../widget/src/ids.js";
import { longDate } from "../widget/src/texts.nl.js";
import { charactersLeft, countText } from "../widget/src/views/composer.js";
import { message } from "./fakes.js";

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
    expect(said).toBe("Wegwijs: Wat wilt u weten? Keuzes: Kosten, Duur.");
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
