// Reports at the desk: what is asked for last shows, and one report is read again only when it is not as it was, because reading is kept.

import { describe, expect, it } from "vitest";
import type { Api } from "../desk/api.js";
import type { Desk } from "../desk/desk.js";
import { Reports } from "../desk/reports.js";
import type { Report, ReportRow } from "../desk/shapes-reports.js";
import type { View } from "../desk/view.js";
import { settle } from "./fakes.js";

const ROW = { reference: "M-7K4M2P", state: "received", elsewhere: null, trouble: null } as unknown as ReportRow;
const ONE = { ...ROW, pictures: [] } as unknown as Report;

/** A desk whose server holds what the test puts in `rows` and `one`; `asked` is what it was asked, in order. */
function setUp(view: View) {
  const server = { rows: [ROW] as readonly ReportRow[], one: ONE, asked: [] as string[] };
  const get = (path: string, query?: { municipality: string }) => {
    server.asked.push(query ? `${path}?${query.municipality}` : path);
    return Promise.resolve(path === "reports" ? { reports: server.rows, more: false } : server.one);
  };
  const shown = { view, went: [] as View[] };
  const desk = {
    api: { get } as unknown as Api,
    get view() {
      return shown.view;
    },
    go: (to: View) => void shown.went.push(to),
    redraw: () => {},
  } as unknown as Desk;
  return { server, shown, reports: new Reports(desk) };
}

describe("one report in view", () => {
  const view = { name: "report", id: ROW.reference } as const;

  async function opened() {
    const made = setUp(view);
    made.reports.show(view);
    made.reports.follow("1");
    await settle();
    made.server.asked.length = 0;
    return made;
  }

  it("is not read again for what changed in others", async () => {
    const { server, reports } = await opened();
    server.rows = [ROW, { ...ROW, reference: "M-9QH3RX" }];
    reports.follow("2");
    await settle();
    expect(server.asked).toEqual(["reports?"]);
  });

  it("is read again when a colleague handled it", async () => {
    const { server, reports } = await opened();
    server.rows = [];
    server.one = { ...ONE, state: "handled" };
    reports.follow("2");
    await settle();
    expect(server.asked).toEqual(["reports?", "reports/M-7K4M2P"]);
    expect(reports.opened?.state).toBe("handled");
    reports.follow("3");
    await settle();
    expect(server.asked).toEqual(["reports?", "reports/M-7K4M2P", "reports?"]);
  });

  it("is read again when it came into trouble", async () => {
    const { server, reports } = await opened();
    server.rows = [{ ...ROW, trouble: "unsure" }];
    reports.follow("2");
    await settle();
    expect(server.asked).toContain("reports/M-7K4M2P");
  });
});

describe("the list", () => {
  it("is read again only when its mark is another", async () => {
    const { server, reports } = setUp({ name: "reports" });
    reports.follow("1");
    reports.follow("1");
    await settle();
    expect(server.asked).toEqual(["reports?"]);
  });

  it("is not read while something else is in view", () => {
    const { server, reports } = setUp({ name: "start" });
    reports.follow("1");
    expect(server.asked).toEqual([]);
  });
});

describe("a number that a citizen reads out", () => {
  it.each(["M-7K4M2P", "m 7k4m2p", "7k4m2p", " M7K4M2P ", "7K4 M2P"])("%s is found", (typed) => {
    const { shown, reports } = setUp({ name: "reports" });
    reports.find(typed);
    expect(shown.went).toEqual([{ name: "report", id: "M-7K4M2P" }]);
  });

  it("may begin with an M itself", () => {
    const { shown, reports } = setUp({ name: "reports" });
    reports.find("m2345k");
    expect(shown.went).toEqual([{ name: "report", id: "M-M2345K" }]);
  });

  it("is not sought when there is none", () => {
    const { shown, reports } = setUp({ name: "reports" });
    reports.find(" ");
    expect(shown.went).toEqual([]);
  });
});
