// Every Dutch sentence of the widget itself, in one place: short, active, u-form.

export const texts = {
  title: "Wegwijs",
  assistant: "digitale assistent",
  owner: {
    bot: "U chat met een computer",
    queued: "Wij zoeken een medewerker voor u",
    agent: "U chat met een medewerker",
    closed: "Dit gesprek is afgerond",
  },
  region: (title: string) => `Chat met ${title}`,
  log: "Berichten",
  launcher: "Stel uw vraag",
  launcherUnread: (count: number) => (count === 1 ? "1 nieuw bericht" : `${count} nieuwe berichten`),
  minimise: "Chat sluiten",
  intro:
    "Wegwijs is een computerprogramma. Wilt u liever een mens spreken? Dan kunt u dat altijd vragen. Geef geen burgerservicenummer (BSN) door in de chat.",
  author: { citizen: "U", bot: "Wegwijs", agent: "Medewerker", system: "Melding" },
  authorRole: { bot: "digitale assistent", agent: "gemeente" },
  choices: "Keuzes",
  choicesAre: (titles: string) => `Keuzes: ${titles}.`,
  botTyping: "Wegwijs typt…",
  agentTyping: "De medewerker typt…",
  source: "Bron",
  opensInNewTab: "opent in een nieuw tabblad",
  checkedOn: (date: string) => `gecontroleerd op ${date}`,
  composer: "Uw bericht",
  placeholder: "Typ uw vraag",
  hint: "Verstuur met Enter. Maak een nieuwe regel met Shift en Enter.",
  send: "Versturen",
  charactersLeft: (left: number) => (left === 1 ? "Nog 1 teken" : `Nog ${left} tekens`),
  tooLong: (over: number) => (over === 1 ? "1 teken te veel" : `${over} tekens te veel`),
  pickMunicipality: "Over welke gemeente gaat uw vraag?",
  otherMunicipality: "Andere gemeente of weet ik niet",
  connecting: "Wij maken verbinding…",
  offline: "Verbinding verbroken. Wij proberen het opnieuw.",
  backOnline: "De verbinding is hersteld.",
  notSentYet: "Nog niet verstuurd",
  sending: "Wordt verstuurd…",
  notSent: "Dit bericht is niet verstuurd.",
  retry: "Opnieuw proberen",
  edit: "Tekst aanpassen",
  restarted: "Uw vorige gesprek is niet meer te openen. Dit is een nieuw gesprek.",
  closed: "Dit gesprek is afgerond.",
  newConversation: "Nieuw gesprek beginnen",
  newMessage: "Nieuw bericht in de chat.",
} as const;

/** "22 november 2026", or an empty string when it is not a date. */
export function longDate(iso: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  if (!match) return "";
  // Noon UTC is the same calendar day wherever in Europe the citizen is.
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]), 12));
  return new Intl.DateTimeFormat("nl-NL", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(date);
}

/** "10:05" in the citizen's own time zone, or an empty string. */
export function clockTime(iso: string): string {
  const date = new Date(iso);
  if (iso === "" || Number.isNaN(date.getTime())) return "";
  return new Intl.DateTimeFormat("nl-NL", { hour: "2-digit", minute: "2-digit" }).format(date);
}
