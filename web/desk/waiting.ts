// How long somebody waits, in words and in three levels.

export type Level = "calm" | "long" | "late";

/** Minutes; the last is `wachttijd_lang` of knowledge/triage.yml, from where a citizen is offered a call-back. */
const LONG = 5;
const LATE = 10;

export function minutesSince(iso: string | null, now: number): number {
  const since = iso === null ? NaN : Date.parse(iso);
  return Number.isNaN(since) ? 0 : Math.max(0, Math.floor((now - since) / 60_000));
}

export function level(minutes: number): Level {
  if (minutes >= LATE) return "late";
  return minutes >= LONG ? "long" : "calm";
}

/** "nu", "4 min", "1 u 05": short enough for a list. */
export function short(minutes: number): string {
  if (minutes < 1) return "nu";
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} u ${String(minutes % 60).padStart(2, "0")}`;
  const days = Math.floor(minutes / (24 * 60));
  return days === 1 ? "1 dag" : `${days} dagen`;
}

/** The same for somebody who hears it. */
export function spoken(minutes: number): string {
  if (minutes < 1) return "minder dan een minuut";
  if (minutes < 60) return minutes === 1 ? "1 minuut" : `${minutes} minuten`;
  return short(minutes).replace(" u ", " uur en ");
}
