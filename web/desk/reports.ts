// Reports about public space: the open ones, and one of them with its place, its pictures and who wants to hear back.

import { ApiError } from "./api.js";
import type { Desk } from "./desk.js";
import type { Report, ReportRow } from "./shapes-reports.js";
import { texts } from "./texts.nl.js";
import type { View } from "./view.js";

/** Signs of a number behind its M. */
const CODE = 6;

export class Reports {
  /** Empty: of all municipalities. */
  municipality = "";
  rows: readonly ReportRow[] | null = null;
  /** Whether there are more than are shown. */
  more = false;
  opened: Report | null = null;
  /** Why the report in view cannot be shown. */
  problem = "";
  /** Pictures that could not be shown. */
  readonly gone = new Set<string>();
  private mark = "";
  /** The last list asked for: an answer to an earlier question comes too late. */
  private asked = 0;

  constructor(private readonly desk: Desk) {}

  show(view: View): void {
    if (view.name === "reports") void this.load();
    if (view.name === "report") void this.read(view.id);
  }

  /** The board told how the list stands: what is in view is read again when something in it changed. */
  follow(mark: string): void {
    if (mark === this.mark) return;
    this.mark = mark;
    const { view } = this.desk;
    if (view.name === "reports" || view.name === "report") void this.load();
  }

  choose(municipality: string): void {
    this.municipality = municipality;
    this.rows = null;
    this.desk.redraw();
    void this.load();
  }

  /** Opens the report that a citizen calls about, however its number was typed. */
  find(number: string): void {
    const signs = number.toUpperCase().replace(/[^A-Z\d]/g, "");
    const code = signs.length > CODE ? signs.replace(/^M/, "") : signs; // a code may begin with an M itself
    if (code) this.desk.go({ name: "report", id: `M-${code}` });
  }

  async handle(reference: string): Promise<boolean> {
    const handled = await this.desk.try(() => this.desk.api.post(`reports/${encodeURIComponent(reference)}/handled`), texts.done.reportHandled(reference));
    if (!handled) return false;
    this.rows = this.rows?.filter((row) => row.reference !== reference) ?? null;
    const { view } = this.desk;
    this.desk.show(null); // first, because nothing beside an open dialog takes the focus
    if (view.name === "report" && view.id === reference) this.desk.go({ name: "reports" });
    return true;
  }

  /** Passes on once more what did not arrive. */
  async again(reference: string): Promise<void> {
    if (await this.desk.try(() => this.desk.api.post(`reports/${encodeURIComponent(reference)}/again`), texts.done.reportAgain)) void this.read(reference);
  }

  lost(picture: string): void {
    this.gone.add(picture);
    this.desk.redraw();
  }

  async copy(text: string): Promise<void> {
    const copied = await navigator.clipboard.writeText(text).then(() => true, () => false);
    this.desk.tell(copied ? texts.report.copied : texts.report.notCopied);
  }

  private async load(): Promise<void> {
    const asked = ++this.asked;
    try {
      const found = await this.desk.api.get<{ reports: ReportRow[]; more: boolean }>("reports", { municipality: this.municipality });
      if (this.asked !== asked) return;
      const before = this.rows ?? [];
      this.rows = found.reports;
      this.more = found.more;
      this.freshen(before);
    } catch (error) {
      this.desk.refused(error);
    }
    this.desk.redraw();
  }

  /** Reading one is kept in the records, so it is read again only when it is not as it was. */
  private freshen(before: readonly ReportRow[]): void {
    const { view } = this.desk;
    const { opened } = this;
    if (view.name !== "report" || opened?.reference !== view.id) return;
    const of = (rows: readonly ReportRow[] | null) => rows?.find(({ reference }) => reference === view.id);
    const [was, is] = [of(before), of(this.rows)];
    const same = is ? is.state === opened.state && is.elsewhere === opened.elsewhere && is.trouble === opened.trouble : was === undefined;
    if (!same) void this.read(view.id);
  }

  private async read(reference: string): Promise<void> {
    if (this.opened?.reference !== reference) this.opened = null;
    this.problem = "";
    this.desk.redraw();
    try {
      const report = await this.desk.api.get<Report>(`reports/${encodeURIComponent(reference)}`);
      const { view } = this.desk;
      if (view.name === "report" && view.id === reference) this.opened = report;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) this.problem = error.message;
      else this.desk.refused(error);
    }
    this.desk.redraw();
  }
}
