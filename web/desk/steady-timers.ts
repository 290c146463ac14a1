// Timers that keep time while the desk is behind another window: after 45 silent seconds an agent would lose every conversation.

import { realTimers, type Timers } from "../widget/src/timers.js";

/** The part of Worker that we use, so that a test can play it. */
export interface Clockwork {
  onmessage: ((event: { readonly data: number }) => void) | null;
  postMessage(wish: object): void;
}

export function steadyTimers(clockwork: Clockwork): Timers {
  const due = new Map<number, () => void>();
  let last = 0;
  clockwork.onmessage = ({ data }) => {
    const run = due.get(data);
    due.delete(data);
    run?.();
  };
  return {
    after(milliseconds, run) {
      const id = ++last;
      due.set(id, run);
      clockwork.postMessage({ id, after: milliseconds });
      return () => {
        if (due.delete(id)) clockwork.postMessage({ id });
      };
    },
    random: realTimers.random,
  };
}

/** Those of this browser; ordinary ones where it has no workers. */
export function browserTimers(): Timers {
  try {
    return steadyTimers(new Worker(new URL("./timer-worker.ts", import.meta.url), { type: "module" }) as Clockwork);
  } catch {
    return realTimers;
  }
}
