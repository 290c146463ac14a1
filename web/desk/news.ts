// What is new on the board that an agent should hear of, said without any word of a citizen.

import type { Board, QueueChanges, Row } from "./shapes.js";
import { texts } from "./texts.nl.js";

export interface Situation {
  /** Takes new conversations now. */
  readonly available: boolean;
  /** Conversations this agent took: their coming is no news. */
  readonly took: ReadonlySet<string>;
  /** Whether the agent looks at this conversation already. */
  inSight(id: string): boolean;
}

/** One sentence for the most important change, or nothing. */
export function newsOf(before: Pick<Board, "mine" | "queue">, after: Pick<Board, "mine" | "queue">, now: Situation): string {
  const held = new Map(before.mine.map((row) => [row.id, row.unread]));
  if (after.mine.some((row) => !held.has(row.id) && !now.took.has(row.id))) return texts.notice.given;
  const fresh = newIn(before.queue, after.queue);
  if (fresh.some(({ danger }) => danger !== null)) return texts.notice.danger;
  if (after.mine.some((row) => row.unread > (held.get(row.id) ?? row.unread) && !now.inSight(row.id))) return texts.notice.wrote;
  return fresh.length > 0 && now.available ? texts.notice.waiting : "";
}

function newIn(before: readonly Row[], after: readonly Row[]): readonly Row[] {
  const known = new Set(before.map(({ id }) => id));
  return after.filter(({ id }) => !known.has(id));
}

/** Danger first, then whoever waits longest. */
export function byNeed(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => Number(b.danger !== null) - Number(a.danger !== null) || (a.since ?? "").localeCompare(b.since ?? ""));
}

/** The queue after these changes, the longest waiting first. */
export function changedQueue(queue: readonly Row[], { put, gone }: QueueChanges): readonly Row[] {
  const away = new Set([...gone, ...put.map(({ id }) => id)]);
  return [...queue.filter(({ id }) => !away.has(id)), ...put].sort((a, b) => Date.parse(a.since ?? "") - Date.parse(b.since ?? ""));
}
