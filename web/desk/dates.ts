// Days and times as an agent reads them, in the time zone of the municipality.

const ZONE = "Europe/Amsterdam";
const day = new Intl.DateTimeFormat("nl-NL", { weekday: "long", day: "numeric", month: "long", timeZone: ZONE });
const shortDay = new Intl.DateTimeFormat("nl-NL", { weekday: "short", day: "numeric", month: "short", timeZone: ZONE });
const clock = new Intl.DateTimeFormat("nl-NL", { hour: "2-digit", minute: "2-digit", timeZone: ZONE });
const iso = new Intl.DateTimeFormat("sv-SE", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: ZONE });

function at(moment: string | number): Date {
  // A date without a time is that day at noon: the same day wherever in Europe it is read.
  return new Date(typeof moment === "string" && moment.length === 10 ? `${moment}T12:00:00+01:00` : moment);
}

/** "2026-12-01": the calendar day of a moment. */
export function isoDay(moment: string | number): string {
  return iso.format(at(moment));
}

export function clockTime(moment: string): string {
  return clock.format(at(moment));
}

/** "vandaag", "gisteren", "morgen" or "maandag 23 november". */
export function dayName(moment: string, now: number): string {
  const names: Record<string, string> = {
    [isoDay(now)]: "vandaag",
    [isoDay(now - 86_400_000)]: "gisteren",
    [isoDay(now + 86_400_000)]: "morgen",
  };
  return names[isoDay(moment)] ?? day.format(at(moment));
}

/** "vandaag 14:30" or "ma 23 nov 14:30". */
export function shortMoment(moment: string, now: number): string {
  const name = isoDay(moment) === isoDay(now) ? "vandaag" : shortDay.format(at(moment));
  return `${name} ${clockTime(moment)}`;
}

export function longDay(moment: string): string {
  return day.format(at(moment));
}
