// The outside world of time and chance, as one value that a test can replace.

export interface Timers {
  after(milliseconds: number, run: () => void): () => void;
  random(): number;
}

export const realTimers: Timers = {
  after(milliseconds, run) {
    const handle = setTimeout(run, milliseconds);
    return () => clearTimeout(handle);
  },
  random: Math.random,
};

/** 1, 2, 4 … at most 30 seconds, of which the last half is random so that clients do not return all at once. */
export function backoff(attempt: number, random: () => number): number {
  const full = Math.min(30_000, 1000 * 2 ** Math.min(attempt, 5));
  return Math.round(full / 2 + (full / 2) * random());
}
