// Lists that are asked for, not pushed: all recent conversations, a search, a sample for quality.

import type { Desk } from "./desk.js";
import type { Row } from "./shapes.js";
import type { ListName } from "./view.js";

export class Lists {
  query = "";
  searched = "";
  rows: readonly Row[] | null = null;
  private shown: ListName | null = null;
  /** The last thing asked for: an answer to an earlier question comes too late. */
  private asked = 0;

  constructor(private readonly desk: Desk) {}

  show(name: ListName): void {
    if (name !== "all" && name !== "search" && name !== "sample" && name !== "team") return;
    if (this.shown !== name) {
      this.rows = null;
      this.asked += 1;
    }
    this.shown = name;
    if (name === "all" || name === "team") void this.load("conversations");
    if (name === "sample") void this.load("sample");
  }

  again(): void {
    if (this.shown) this.show(this.shown);
  }

  async search(): Promise<void> {
    const words = this.query.trim();
    if (words === "") return;
    this.rows = null;
    this.searched = words;
    await this.load("search", { q: words });
  }

  private async load(path: string, query: Record<string, string> = {}): Promise<void> {
    const asked = ++this.asked;
    await this.desk.try(async () => {
      const { conversations } = await this.desk.api.get<{ conversations: Row[] }>(path, query);
      if (this.asked === asked) this.rows = conversations;
    });
  }
}
