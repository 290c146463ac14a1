// Runs beside the page and tells when a time has passed: browsers slow the timers of a page that is out of sight, not these.

interface Wish {
  readonly id: number;
  /** Milliseconds; without it the wish is withdrawn. */
  readonly after?: number;
}

const waiting = new Map<number, ReturnType<typeof setTimeout>>();

onmessage = ({ data }: MessageEvent<Wish>) => {
  clearTimeout(waiting.get(data.id));
  waiting.delete(data.id);
  if (data.after === undefined) return;
  waiting.set(
    data.id,
    setTimeout(() => {
      waiting.delete(data.id);
      postMessage(data.id);
    }, data.after),
  );
};
