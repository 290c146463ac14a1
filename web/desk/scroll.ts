// Where the list of messages stands: at the end while the agent follows, untouched while the agent reads back.

const NEAR_END_PX = 80;

export class Scroll {
  private follows = true;
  private shown = "";

  before(): void {
    const log = this.log;
    if (log) this.follows = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
  }

  after(id: string): void {
    const log = this.log;
    if (!log) {
      this.shown = "";
      return;
    }
    if (this.follows || this.shown !== id) log.scrollTop = log.scrollHeight;
    if (log.querySelector("[data-seq]")) this.shown = id;
  }

  private get log(): HTMLElement | null {
    return document.querySelector(".log");
  }
}
