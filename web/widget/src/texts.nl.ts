// Every Dutch sentence of the widget itself, in one place: short, active, u-form.

export const texts = {
  title: "Wegwijs",
  assistant: "digitale assistent",
  owner: {
    bot: "U chat met een computer",
    queued: "U wacht op een medewerker",
    agent: "U chat met een medewerker",
    closed: "Dit gesprek is afgerond",
  },
  region: (title: string) => `Chat met ${title}`,
  agentIs: (name: string) => `U chat met ${name}, medewerker`,
  waiting: (place: number) => (place === 1 ? "U bent als eerste aan de beurt." : `U bent nummer ${place} in de rij.`),
  waitingMinutes: (minutes: number) => (minutes <= 1 ? "U wacht ongeveer 1 minuut." : `U wacht ongeveer ${minutes} minuten.`),
  menu: "Meer mogelijkheden",
  askPerson: "Medewerker spreken",
  iWantAPerson: "Ik wil een medewerker spreken.",
  about: "Over deze chat en privacy",
  download: "Gesprek opslaan als bestand",
  downloaded: "Het gesprek is opgeslagen als bestand.",
  mail: "Gesprek e-mailen",
  sound: "Geluid bij nieuw bericht",
  on: "aan",
  off: "uit",
  end: "Gesprek beëindigen",
  erase: "Gesprek verwijderen",
  back: "Terug naar het gesprek",
  pages: {
    info: "Over deze chat en privacy",
    end: "Wilt u het gesprek beëindigen?",
    erase: "Wilt u het gesprek verwijderen?",
    erased: "Uw gesprek is verwijderd",
  },
  endText: "U kunt het gesprek daarna nog lezen en opslaan.",
  eraseText: "Wij verwijderen alles wat in dit gesprek is gezegd. Dat kan niet ongedaan worden gemaakt. Een afspraak of terugbelverzoek blijft staan.",
  erasedText: "Alles wat in dit gesprek is gezegd, is weg. Ook op dit apparaat.",
  notDone: "Dat is niet gelukt. Probeer het opnieuw.",
  openingHours: "Wanneer is er iemand?",
  privacy: "Privacy",
  privacyText: "Wij gebruiken dit gesprek om uw vraag te beantwoorden. Geef geen burgerservicenummer (BSN) of gegevens over uw gezondheid door.",
  privacyLink: "Lees meer over privacy",
  keepDays: (days: number) => `Wij bewaren het gesprek ${days} dagen na uw laatste bericht. Daarna verwijderen wij het. U kunt het zelf eerder verwijderen.`,
  noCookies: "Deze chat gebruikt geen cookies en volgt u niet.",
  keep: "Bewaar het gesprek op dit apparaat",
  keepHint: "Dan kunt u later verder praten, ook in een ander tabblad. Doe dit niet op een computer die u met anderen deelt.",
  wasHelpful: "Helpt dit antwoord u?",
  yes: "Ja",
  no: "Nee",
  whyNot: "Waarom niet?",
  reasons: { unclear: "Niet duidelijk", incomplete: "Niet volledig", wrong: "Klopt niet", other_question: "Gaat over iets anders" },
  thanks: "Dank u wel.",
  times: "Tijden",
  recordOf: (title: string, date: string) => (date === "" ? `Gesprek met ${title}` : `Gesprek met ${title}, ${date}`),
  recordCut: "Dit is een deel van het gesprek. Kies Gesprek opslaan als bestand voor het hele gesprek.",
  fileName: "gesprek-gemeente.txt",
  asked: { name: "Uw naam", tel: "Uw telefoonnummer", email: "Uw e-mailadres", postcode: "Uw postcode" },
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
