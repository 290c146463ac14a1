// Where the lists of messages stand: at the end while the agent follows, untouched while the agent reads back.

const NEAR_END_PX = 80;

export class Scroll {
  /** Per conversation on the screen whether it follows; no entry before its messages were there. */
  private readonly follows = new Map<string, boolean>();

  before(): void {
    for (const log of this.logs) {
      const id = log.dataset.talk ?? "";
      const box = this.box(log);
      if (this.follows.has(id) && box) this.follows.set(id, box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX);
    }
  }

  after(): void {
    const there = new Set(this.logs.map((log) => log.dataset.talk ?? ""));
    for (const id of this.follows.keys()) if (!there.has(id)) this.follows.delete(id);
    for (const log of this.logs) {
      const id = log.dataset.talk ?? "";
      const box = this.box(log);
      if (box && (this.follows.get(id) ?? true)) box.scrollTop = box.scrollHeight;
      if (!this.follows.has(id) && log.querySelector("[data-seq]")) this.follows.set(id, true);
    }
  }

  /** The list itself, or the page where there is so little room that everything scrolls as one. */
  private box(log: HTMLElement): Element | null {
    return getComputedStyle(log).overflowY === "visible" ? document.scrollingElement : log;
  }

  private get logs(): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>(".log")];
  }
}
