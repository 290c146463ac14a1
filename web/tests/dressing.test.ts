// How the settings of a municipality come in, over a line that is quick, slow or broken.

import { beforeEach, expect, it } from "vitest";
import { fetchSettings } from "../widget/src/dressing.js";
import { ApiError } from "../widget/src/http.js";
import { parseSettings, type Settings } from "../widget/src/settings.js";
import { fakeWires, settle } from "./fakes.js";

const CHOSEN = parseSettings({ title: "Castricum", privacy: { keep_days: 28 } });

let fake: ReturnType<typeof fakeWires>;
let given: (Settings | null)[];

beforeEach(() => {
  fake = fakeWires();
  given = [];
});

function fetch(): () => void {
  return fetchSettings(fake.http, "castricum", fake.timers, (settings) => given.push(settings));
}

function titles(): (string | undefined)[] {
  return given.map((settings) => settings?.title);
}

it("gives them as they come, and nothing before", async () => {
  fake.http.settings.mockResolvedValueOnce(CHOSEN);
  fetch();
  await settle();
  await fake.timers.pass(60_000);
  expect(titles()).toEqual(["Castricum"]);
});

it("gives plain ones when they take long, and the right ones when they are there", async () => {
  let answer: (settings: Settings) => void = () => {};
  fake.http.settings.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
  fetch();
  await fake.timers.pass(2000);
  expect(titles()).toEqual([""]);
  answer(CHOSEN);
  await settle();
  expect(titles()).toEqual(["", "Castricum"]);
});

it("asks again when the line or the server fails", async () => {
  fake.http.settings.mockRejectedValueOnce(new TypeError("network")).mockRejectedValueOnce(new ApiError(503, "out_of_order", "")).mockResolvedValueOnce(CHOSEN);
  fetch();
  await settle();
  expect(titles()).toEqual([""]);
  await fake.timers.pass(3000);
  expect(titles()).toEqual(["", "Castricum"]);
});

it("takes a refusal for an answer", async () => {
  fake.http.settings.mockRejectedValue(new ApiError(422, "unknown_municipality", ""));
  fetch();
  await settle();
  await fake.timers.pass(60_000);
  expect(fake.http.settings).toHaveBeenCalledTimes(1);
  expect(titles()).toEqual([""]);
});

it("gives none on a website where the chat does not belong", async () => {
  fake.http.settings.mockRejectedValue(new ApiError(403, "foreign_site", ""));
  fetch();
  await settle();
  await fake.timers.pass(60_000);
  expect([given, fake.http.settings.mock.calls.length]).toEqual([[null], 1]);
});

it("does not ask for ever", async () => {
  fake.http.settings.mockRejectedValue(new TypeError("no CORS headers"));
  fetch();
  await settle();
  await fake.timers.pass(3_600_000);
  expect(fake.http.settings).toHaveBeenCalledTimes(8);
});

it("is silent once stopped", async () => {
  fake.http.settings.mockRejectedValue(new TypeError("network"));
  fetch()();
  await fake.timers.pass(60_000);
  expect([titles(), fake.http.settings.mock.calls.length]).toEqual([[], 1]);
});
