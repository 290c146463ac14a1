// What comes over the wire is checked before it is believed.

import { describe, expect, it } from "vitest";
import { parseFrame, parseMessage, parseState } from "../widget/src/wire.js";
import { message, state, stateFrame } from "./fakes.js";

describe("parseState", () => {
  it.each([null, "tekst", [], {}, { owner: "bot" }, { owner: "koning", messages: [] }, { messages: [] }])("refuses %j", (value) => {
    expect(parseState(value)).toBeNull();
  });

  it("keeps what is good and drops messages that cannot be ordered", () => {
    const parsed = parseState({ ...state(), messages: [message(1), { text: "zonder nummer" }, 7, null] });
    expect(parsed?.messages.map(({ seq }) => seq)).toEqual([1]);
  });
});

describe("parseMessage", () => {
  it("shows an author it does not know as a notice, never as a person", () => {
    expect(parseMessage({ ...message(1), author: "burgemeester" })?.author).toBe("system");
  });

  it("drops choices and meta of the wrong kind", () => {
    const parsed = parseMessage({ ...message(1), choices: [{ id: 1, title: "x" }, { id: "a", title: "b" }], meta: { source: 5 } });
    expect(parsed?.choices).toEqual([{ id: "a", title: "b" }]);
    expect(parsed?.meta).toEqual({});
  });
});

describe("parseFrame", () => {
  it("reads the four kinds", () => {
    expect(parseFrame(JSON.stringify(stateFrame()))).toEqual({ type: "state", state: state() });
    expect(parseFrame('{"type":"ack","id":"a","seq":3}')).toEqual({ type: "ack", id: "a", seq: 3 });
    expect(parseFrame('{"type":"error","id":"a","error":"too_fast","message":"Wacht."}')).toMatchObject({ type: "error", id: "a" });
    expect(parseFrame('{"type":"pong"}')).toEqual({ type: "pong" });
  });

  it.each(["", "{", "null", '{"type":"nieuw"}', '{"type":"state"}', '{"type":"ack"}', new ArrayBuffer(2)])("ignores %j", (data) => {
    expect(parseFrame(data)).toBeNull();
  });
});
