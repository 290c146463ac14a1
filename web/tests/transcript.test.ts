// The transcript keeps order, shows nothing twice and knows what is still to be sent.

import { describe, expect, it } from "vitest";
import { Transcript } from "../widget/src/transcript.js";
import { message, state } from "./fakes.js";

const CHOICES = [{ id: "k1", title: "Kosten" }];

function seqs(transcript: Transcript): number[] {
  return transcript.messages.map(({ seq }) => seq);
}

describe("messages", () => {
  it("are put in order and never doubled, whatever order states come in", () => {
    const transcript = new Transcript();
    expect(transcript.merge(state([message(2), message(1)])).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(transcript.merge(state([message(2), message(3)])).map(({ seq }) => seq)).toEqual([3]);
    expect(seqs(transcript)).toEqual([1, 2, 3]);
  });

  it("are asked again from before a hole", () => {
    const transcript = new Transcript();
    transcript.merge(state([message(1), message(2), message(4)]));
    expect(transcript).toMatchObject({ after: 2, newest: 4, hasHole: true });
    transcript.merge(state([message(3)]));
    expect(transcript).toMatchObject({ after: 4, hasHole: false });
  });

  it("may begin later than 1, when the oldest have been cleaned up", () => {
    const transcript = new Transcript();
    transcript.merge(state([message(5), message(6)]));
    expect(transcript).toMatchObject({ after: 6, hasHole: false });
  });

  it("go on after a hole that stays", () => {
    const transcript = new Transcript();
    transcript.merge(state([message(1), message(3)]));
    transcript.acceptHole();
    transcript.merge(state([message(4)]));
    expect(transcript).toMatchObject({ after: 4, hasHole: false });
  });
});

describe("what is on its way", () => {
  it("disappears when the server shows it, also without an acknowledgement", () => {
    const transcript = new Transcript();
    transcript.add({ id: "a", text: "hallo" }, "hallo");
    transcript.merge(state([message(1, { author: "citizen", client_id: "a" })]));
    expect(transcript.pending).toEqual([]);
  });

  it("is not sent again after an acknowledgement, but stays visible", () => {
    const transcript = new Transcript();
    transcript.add({ id: "a", text: "hallo" }, "hallo");
    transcript.acknowledge("a");
    expect(transcript.unsent).toEqual([]);
    expect(transcript.pending).toHaveLength(1);
  });

  it("is kept with the reason when it is refused, and can be tried again", () => {
    const transcript = new Transcript();
    transcript.add({ id: "a", text: "hallo" }, "hallo");
    transcript.fail("a", "Wacht even.", true);
    expect(transcript.unsent).toEqual([]);
    expect(transcript.pending[0]).toMatchObject({ status: "failed", problem: "Wacht even.", label: "hallo" });
    transcript.retry("a");
    expect(transcript.unsent).toEqual([{ id: "a", text: "hallo" }]);
  });

  it("is not added twice", () => {
    const transcript = new Transcript();
    transcript.merge(state([message(1, { author: "citizen", client_id: "a" })]));
    transcript.add({ id: "a", text: "hallo" }, "hallo");
    expect(transcript.pending).toEqual([]);
  });
});

describe("choices", () => {
  const offered = [message(1), message(2, { choices: CHOICES })];
  const open = (talk: Transcript) => talk.messages.filter((said) => said.choices.length > 0 && talk.isOpen(said)).map(({ seq }) => seq);

  it("are open on the last message that offers some", () => {
    const transcript = new Transcript();
    transcript.merge(state(offered));
    expect(open(transcript)).toEqual([2]);
  });

  it("are open on every message of one answer", () => {
    const transcript = new Transcript();
    transcript.merge(state([...offered, message(3, { choices: CHOICES })]));
    expect(open(transcript)).toEqual([2, 3]);
  });

  it("stay open when the bot only adds a remark", () => {
    const transcript = new Transcript();
    transcript.merge(state([...offered, message(3)]));
    expect(open(transcript)).toEqual([2]);
  });

  it.each([
    ["the citizen said something", [...offered, message(3, { author: "citizen" })], {}],
    ["the conversation is closed", offered, { owner: "closed" as const }],
    ["a person joined", [...offered, message(3, { author: "system", meta: { route: "agent", agent: "Sanne" } })], { owner: "agent" as const }],
    ["a person said something", [...offered, message(3, { author: "agent" })], { owner: "agent" as const }],
    ["the computer is back", [...offered, message(3, { author: "system", meta: { route: "bot" } })], {}],
  ])("are closed when %s", (_, messages, rest) => {
    const transcript = new Transcript();
    transcript.merge(state(messages, rest));
    expect(open(transcript)).toEqual([]);
  });

  it("are closed while one is being sent, and open again when that fails", () => {
    const transcript = new Transcript();
    transcript.merge(state(offered));
    transcript.add({ id: "a", choice: "k1" }, "Kosten");
    expect(open(transcript)).toEqual([]);
    transcript.fail("a", "", true);
    expect(open(transcript)).toEqual([2]);
  });
});

describe("a choice that is no longer there", () => {
  it("is told, and makes way for what is said next", () => {
    const transcript = new Transcript();
    transcript.add({ id: "a", choice: "k1" }, "Kosten");
    transcript.fail("a", "Deze keuze heeft u al gebruikt.", false);
    expect(transcript.pending.map(({ label }) => label)).toEqual(["Kosten"]);
    transcript.add({ id: "b", text: "Wat kost het?" }, "Wat kost het?");
    expect(transcript.pending.map(({ label }) => label)).toEqual(["Wat kost het?"]);
  });
});

describe("a picture", () => {
  it.each(["queued", "agent"] as const)("can be shown at any time to a person (%s), and to the bot when it asks", (owner) => {
    const transcript = new Transcript();
    transcript.merge(state([message(1, { author: "bot", meta: {} })]));
    expect(transcript.share).toBeNull();
    transcript.merge(state([message(2, { author: "citizen" })], { owner }));
    expect(transcript.share).toBe("picture");
  });
});
