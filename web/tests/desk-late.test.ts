// Answers at the desk that come late or have still to come: what was asked for last is what shows, and no list is called empty too early.

import { describe, expect, it } from "vitest";
import type { Api } from "../desk/api.js";
import { Acts } from "../desk/acts.js";
import { Calendar } from "../desk/calendar.js";
import type { Desk } from "../desk/desk.js";
import { Knowing } from "../desk/knowing.js";
import { Lists } from "../desk/lists.js";
import { texts } from "../desk/texts.nl.js";
import { settle } from "./fakes.js";

/** A desk whose server answers when the test says so; `waiting` holds the questions in the order in which they were asked. */
function slowDesk() {
  const waiting: { readonly query: unknown; readonly answer: (value: unknown) => Promise<void> }[] = [];
  const ask = (_path: string, query: unknown): Promise<unknown> =>
    new Promise((resolve) => {
      waiting.push({
        query,
        answer: (value) => {
          resolve(value);
          return settle();
        },
      });
    });
  const desk = {
    api: { get: ask, knowledge: ask } as unknown as Api,
    now: Date.parse("2026-11-23T10:00:00+01:00"),
    municipalities: [{ id: "heiloo", name: "Heiloo" }],
    talk: null,
    redraw: () => {},
    refused: (error: unknown) => {
      throw error;
    },
    try: async (work: () => Promise<unknown>) => {
      await work();
      return true;
    },
  } as unknown as Desk;
  return { desk, waiting };
}

describe("an answer that comes too late", () => {
  it("does not show the appointments of another day", async () => {
    const { desk, waiting } = slowDesk();
    const calendar = new Calendar(desk);
    calendar.choose({ day: "2026-11-24" });
    calendar.choose({ day: "2026-11-25" });
    await waiting[1]?.answer({ appointments: [{ reference: "A2" }] });
    await waiting[0]?.answer({ appointments: [{ reference: "A1" }] });
    expect(calendar.appointments).toEqual([{ reference: "A2" }]);
  });

  it("does not show what was found with other words", async () => {
    const { desk, waiting } = slowDesk();
    const lists = new Lists(desk);
    lists.show("search");
    lists.query = "kliko";
    void lists.search();
    lists.query = "paspoort";
    void lists.search();
    await waiting[1]?.answer({ conversations: [{ id: "c2" }] });
    await waiting[0]?.answer({ conversations: [{ id: "c1" }] });
    expect(lists.rows).toEqual([{ id: "c2" }]);
  });

  it("does not show a list that was left", async () => {
    const { desk, waiting } = slowDesk();
    const lists = new Lists(desk);
    lists.show("all");
    lists.show("search");
    await waiting[0]?.answer({ conversations: [{ id: "c1" }] });
    expect(lists.rows).toBeNull();
  });

  it("does not put the product of another conversation beside this one", async () => {
    const { desk, waiting } = slowDesk();
    const knowing = new Knowing(desk);
    void knowing.choose("paspoort");
    void knowing.choose("rijbewijs");
    await waiting[1]?.answer({ id: "rijbewijs", aspects: [] });
    await waiting[0]?.answer({ id: "paspoort", aspects: [] });
    expect(knowing.product).toMatchObject({ id: "rijbewijs" });
  });

  it("does not take the place of a particular question that was chosen meanwhile", async () => {
    const { desk, waiting } = slowDesk();
    const knowing = new Knowing(desk);
    const vac = { id: "kosten", question: "Betaal ik twee keer?", text: "Nee.", source: null };
    void knowing.choose("paspoort");
    await waiting[0]?.answer({ id: "paspoort", aspects: [], vacs: [vac] });
    void knowing.show("kosten");
    knowing.showParticular(vac);
    await waiting[1]?.answer({ text: "Een paspoort kost geld." });
    expect(knowing.answer).toMatchObject({ text: "Nee.", source: null });
  });
});

describe("the next from the queue", () => {
  it.each([
    [false, texts.loading],
    [true, texts.queue.empty],
  ])("says that nobody waits only when the board has come (%s)", async (boardCame, text) => {
    const said: string[] = [];
    const desk = { live: { boardCame }, board: { queue: [] }, say: (one: string) => said.push(one) } as unknown as Desk;
    await new Acts(desk).claimNext();
    expect(said).toEqual([text]);
  });
});
