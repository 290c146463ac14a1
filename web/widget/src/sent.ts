// Which messages went over the line that is open now, and over how many lines before it.

/** A message on which so many lines in a row end is what ends them: the citizen decides. */
const MOST_LINES = 5;

export class Sent {
  private readonly now = new Set<string>();
  private readonly lines = new Map<string, number>();

  newLine(): void {
    this.now.clear();
  }

  /** What to do with a message that was not acknowledged: send it, wait for its answer, or give it up. */
  next(id: string): "send" | "wait" | "give up" {
    if (this.now.has(id)) return "wait";
    const lines = (this.lines.get(id) ?? 0) + 1;
    this.lines.set(id, lines);
    if (lines > MOST_LINES) return "give up";
    this.now.add(id);
    return "send";
  }

  forget(id: string): void {
    this.now.delete(id);
    this.lines.delete(id);
  }
}
