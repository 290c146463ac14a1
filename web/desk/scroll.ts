// Where the list of messages stands: at the end while the agent follows, untouched while the agent reads back.

const NEAR_END_PX = 80;

export class Scroll {
  private follows = true;
  private shown = "";

  before(): void {
    const box = this.box(this.log);
    if (box) this.follows = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
  }

  after(id: string): void {
    const log = this.log;
    if (!log) {
      this.shown = "";
      return;
    }
    const box = this.box(log);
    if (box && (this.follows || this.shown !== id)) box.scrollTop = box.scrollHeight;
    if (log.querySelector("[data-seq]")) this.shown = id;
  }

  /** The list itself, or the page where there is so little room that everything scrolls as one. */
  private box(log: HTMLElement | null): Element | null {
    return log && getComputedStyle(log).overflowY === "visible" ? document.scrollingElement : log;
  }

  private get log(): HTMLElement | null {
    return document.querySelector(".log");
  }
}
