// Settings from the server, times by day, the conversation as text, and what the talk asks for.

import { describe, expect, it } from "vitest";
import { clockTime } from "../widget/src/dates.js";
import { byDay } from "../widget/src/days.js";
import { asText, mailAddress } from "../widget/src/record.js";
import { holdsFile, isFile } from "../widget/src/files.js";
import { coloursSheet, inLanguage, isHidden, parseSettings } from "../widget/src/settings.js";
import { Transcript } from "../widget/src/transcript.js";
import { parseMessage } from "../widget/src/wire.js";
import { message, state } from "./fakes.js";

describe("settings", () => {
  it.each([null, "<html>", [], { colours: "rood", privacy: 3, hidden_on: [1] }])("survive an answer that is none: %j", (answer) => {
    expect(parseSettings(answer)).toEqual(parseSettings({}));
  });

  it("let no colour smuggle in another rule", () => {
    const colours = parseSettings({ colours: { primary: "#0b5563", link: "red;} :host{display:none", "x;y": "#000000" } }).colours;
    expect(coloursSheet(colours)).toBe(":host{--_set-primary:#0b5563;--_set-primary-hover:#08404a;}");
  });

  it("take an avatar from https only", () => {
    expect(parseSettings({ avatar: "javascript:alert(1)" }).avatar).toBe("");
    expect(parseSettings({ avatar: "https://www.gemeente.example/a.png" }).avatar).not.toBe("");
  });

  it("have the municipality's sentences in the language of the page, and never lose the privacy text", () => {
    const dutch = { welcome: "Welkom.", opening_hours: "Op werkdagen.", privacy: { text: "Uw gegevens." } };
    const settings = parseSettings({ ...dutch, english: { welcome: "Welcome.", opening_hours: null } });
    expect(inLanguage(settings, "nl")).toMatchObject({ welcome: "Welkom.", openingHours: "Op werkdagen.", privacyText: "Uw gegevens." });
    expect(inLanguage(settings, "en")).toMatchObject({ welcome: "Welcome.", openingHours: "", privacyText: "Uw gegevens.", privacyLanguage: "nl" });
    const both = parseSettings({ ...dutch, english: { privacy: { text: "Your data." } } });
    expect(inLanguage(both, "en")).toMatchObject({ privacyText: "Your data.", privacyLanguage: "en" });
  });

  it("keep the widget away from some pages", () => {
    const settings = parseSettings({ hidden_on: ["/zorg/*", "/contact"] });
    expect(["/zorg/wmo", "/contact", "/contact/bellen", "/"].map((path) => isHidden(settings, path))).toEqual([true, true, false, false]);
  });
});

describe("a file", () => {
  it.each([
    [["Files"], true],
    [["text/html", "Files"], true],
    [["text/plain", "text/html", "Files"], false],
    [["text/plain"], false],
    [[], false],
  ])("is what the clipboard holds besides text: %j is %s", (types, expected) => {
    expect(isFile({ types } as unknown as DataTransfer)).toBe(expected);
  });

  it("that is dropped does not take the page away; dropped text goes its way", () => {
    const drop = (types: string[]) => {
      let stopped = false;
      const held = holdsFile({ dataTransfer: { types }, preventDefault: () => (stopped = true) } as unknown as DragEvent);
      return [held, stopped];
    };
    expect([drop(["Files"]), drop(["text/plain"])]).toEqual([[true, true], [false, false]]);
  });
});

describe("times", () => {
  const choices = ["di 3 mrt 9.00 uur", "di 3 mrt 14.30 uur", "wo 4 mrt 10.15 uur", "Andere dag"].map((title, id) => ({ id: `${id}`, title }));

  it("stand under their day", () => {
    expect(byDay(choices).map(({ title, choices: times }) => [title, times.map(({ label }) => label)])).toEqual([
      ["dinsdag 3 maart", ["9.00 uur", "14.30 uur"]],
      ["woensdag 4 maart", ["10.15 uur"]],
      ["", ["Andere dag"]],
    ]);
  });

  it("are not seen in other choices", () => {
    expect(byDay([{ id: "1", title: "Kosten" }, { id: "2", title: "Wat is er di 3 te doen" }]).map((day) => day.title)).toEqual([""]);
  });
});

describe("the conversation as text", () => {
  it("says who said what, without signs", () => {
    const talk = new Transcript();
    const meta = { agent: "Sanne" };
    talk.merge(
      state([
        message(1, { text: "**Welkom**", meta: { source: "https://www.gemeente.example" } }),
        message(2, { author: "citizen", text: "Mag het *zo*?" }),
        message(3, { author: "system", text: "U praat met Sanne.", meta }),
        message(4, { author: "agent", text: "Ja" }),
      ]),
    );
    const text = asText("Wegwijs", talk);
    expect(text).toContain("Gesprek met Wegwijs, 22 november 2026");
    expect(text).toContain("Wegwijs\nWelkom.\nBron: https://www.gemeente.example");
    expect(text).toContain("U\nMag het *zo*?");
    expect(text).toContain("Sanne\nJa.");
  });

  it("tells the day where a talk goes on at another", () => {
    const talk = new Transcript();
    const days = [message(1), message(2, { at: "2026-11-24T09:05:00+01:00" })];
    talk.merge(state(days));
    const heads = asText("Wegwijs", talk).split("\n").filter((line) => line.endsWith(" Wegwijs"));
    expect(heads).toEqual([expect.stringMatching(/^\d\d:\d\d Wegwijs$/), expect.stringMatching(/^24 nov,? \d\d:\d\d Wegwijs$/)]);
    expect(clockTime("2026-11-24T09:05:00+01:00", "en-GB", new Date("2026-11-22T12:00:00+01:00"))).toMatch(/^24 Nov, \d\d:\d\d$/);
  });

  it("fits in a mail address, and says when it is cut", () => {
    const talk = new Transcript();
    talk.merge(state([message(1, { text: "Een lang verhaal & meer. ".repeat(400) })]));
    const address = mailAddress("Wegwijs", talk);
    expect(address.startsWith("mailto:?subject=Gesprek%20met%20Wegwijs&body=")).toBe(true);
    expect(decodeURIComponent(address)).toContain("Dit is een deel van het gesprek.");
    expect(address.length).toBeLessThan(3000);
  });
});

describe("the talk", () => {
  it("asks for a telephone number until it is given", () => {
    const talk = new Transcript();
    talk.merge(state([message(1, { meta: { input: "tel" } })]));
    expect(talk.wanted).toBe("tel");
    talk.add({ id: "m1", text: "06 12345678" }, "06 12345678");
    expect(talk.wanted).toBeNull();
  });

  it("asks for a day between two days, and for none when they are nonsense", () => {
    const asked = (meta: object) => {
      const talk = new Transcript();
      talk.merge(state([parseMessage({ seq: 1, author: "bot", text: "Wanneer?", meta })!]));
      return talk;
    };
    const talk = asked({ input: "date", first_day: "2026-03-03", last_day: "2026-05-31" });
    expect([talk.days, talk.wanted]).toEqual([{ first: "2026-03-03", last: "2026-05-31" }, null]);
    talk.add({ id: "m1", text: "3 maart 2026" }, "3 maart 2026");
    expect(talk.days).toBeNull();
    for (const wrong of [{}, { input: "tel" }, { input: "date", last_day: "nu" }, { input: "date", first_day: "2026-05-31", last_day: "2026-03-03" }]) {
      expect(asked({ first_day: "2026-03-03", ...wrong }).days).toBeNull();
    }
  });

  it("knows the agent only while there is one", () => {
    const talk = new Transcript();
    talk.merge(state([message(1, { author: "system", meta: { agent: "Sanne" } })], { owner: "agent" }));
    expect(talk.agent).toBe("Sanne");
    talk.merge(state([message(2, { author: "system" })], { owner: "bot" }));
    expect(talk.agent).toBe("");
  });

  it("lets one tell how it went after it was closed, but opens no older choice", () => {
    const talk = new Transcript();
    const choices = [{ id: "1", title: "Heel goed" }];
    const asked = message(1, { choices, meta: { route: "rating" } });
    talk.merge(state([asked], { owner: "closed" }));
    expect(talk.isOpen(asked)).toBe(true);
    talk.merge(state([message(2, { author: "system" })], { owner: "closed" }));
    expect(talk.isOpen(asked)).toBe(false);
  });
});
