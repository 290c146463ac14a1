// Dates and times as people read them, in the language that is asked for.

/** "22 november 2026", or an empty string when it is not a date. */
export function longDate(iso: string, locale = "nl-NL"): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  if (!match) return "";
  // Noon UTC is the same calendar day wherever in Europe the citizen is.
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]), 12));
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(date);
}

/** "10:05" in the citizen's own time zone, with the day before it where that is another than `today`; or an empty string. */
export function clockTime(iso: string, locale = "nl-NL", today = new Date()): string {
  const date = new Date(iso);
  if (iso === "" || Number.isNaN(date.getTime())) return "";
  const day = date.toDateString() === today.toDateString() ? {} : ({ day: "numeric", month: "short" } as const);
  return new Intl.DateTimeFormat(locale, { ...day, hour: "2-digit", minute: "2-digit" }).format(date);
}
