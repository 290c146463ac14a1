// Every Dutch sentence of the page, in one place: short, active, u-form.

import type { Channel, Readability } from "./api.js";

const number = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 1 });
const money = new Intl.NumberFormat("nl-NL", { style: "currency", currency: "EUR" });
const moment = new Intl.DateTimeFormat("nl-NL", { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam" });
const clock = new Intl.DateTimeFormat("nl-NL", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam" });

export const texts = {
  site: "Kennisbank van Wegwijs",
  nationwide: "Geen gemeente",
  found: (count: number, query: string) =>
    count === 0 ? `Niets gevonden voor “${query}”. Probeer een ander woord.` : count === 1 ? `1 onderwerp voor “${query}”` : `${count} onderwerpen voor “${query}”`,
  all: (count: number) => `${count} onderwerpen`,
  loading: "Even laden…",
  failed: "De kennisbank is niet te bereiken.",
  retry: "Opnieuw proberen",
  notThere: "Dit onderwerp bestaat niet",
  notThereText: "Misschien is het onderwerp verwijderd. Zoek het met een ander woord.",
  back: "Alle onderwerpen",
  opened: (name: string) => `${name} is geopend.`,
  channel: { click: "Online", call: "Bellen", face: "Langskomen" } satisfies Record<Channel, string>,
  preferred: "Beste manier:",
  citizenOf: (name: string) => `Zo krijgt een inwoner van ${name} het te lezen.`,
  citizenOfNone: "Zo leest iemand het van wie Wegwijs de gemeente niet weet. Kies boven een gemeente voor het antwoord daar.",
  doneBy: (name: string) => `${name} doet dit voor deze gemeente.`,
  phone: (value: string) => `Telefoon: ${value}.`,
  aspects: "Vragen over dit onderwerp",
  more: "Meer weten",
  steps: "Hier verwijst Wegwijs naar",
  digid: "met DigiD",
  notApplicable: "Niet van toepassing",
  local: "Verschilt per gemeente",
  incomplete: "Hier mist iets wat de inwoner moet weten. Wegwijs biedt daarom ook een medewerker aan.",
  source: "Bron",
  noSource: "Bron niet bekend",
  checkedOn: (date: string) => `gecontroleerd op ${date}`,
  validUntil: (date: string) => `geldig tot en met ${date}`,
  copy: "Antwoord kopiëren",
  copyOf: (title: string) => `Antwoord kopiëren: ${title}`,
  copied: (title: string) => `Het antwoord bij “${title}” is gekopieerd.`,
  copyFailed: "Kopiëren lukt niet. Selecteer de tekst en kopieer die zelf.",
  readability: "Leesbaarheid",
  measures: (found: Readability) =>
    `${found.words} woorden, ${number.format(found.mean_sentence)} per zin, langste zin ${found.longest_sentence}`,
  jargon: (words: readonly string[]) => `moeilijke woorden: ${words.join(", ")}`,
  longWords: (words: readonly string[]) => `lange woorden: ${words.join(", ")}`,
  passive: (count: number) => (count === 1 ? "1 lijdende zin" : `${count} lijdende zinnen`),
  overLimit: "boven de grens",
  limits: (words: number, mean: number, longest: number) =>
    `De grens is ${words} woorden, gemiddeld ${number.format(mean)} woorden per zin en ${longest} in de langste zin. ` +
    "Prijzen en tijden die Wegwijs erbij zet, tellen hier mee.",
  example: "Voorbeeld",
  examplePrices: "Verzonnen bedragen, een inwoner ziet ze niet",
  price: (description: string, euro: string, unit: string | null) => `${description}: ${money.format(Number(euro))}${unit ? ` ${unit}` : ""}`,
  about: "Over deze tekst",
  owner: "Eigenaar",
  team: "Team dat overneemt",
  theme: "Thema",
  audience: "Voor",
  audiences: { inwoner: "inwoners", ondernemer: "ondernemers" } as Readonly<Record<string, string>>,
  appointment: "Afspraak",
  appointmentKind: (kind: string) => `nodig, soort: ${kind}`,
  upl: "Uniforme productnaam",
  words: "Zo noemen inwoners het",
  sources: "Bronnen",
  related: "Lees ook",
  questions: "Voorbeeldvragen",
  questionsText: "Met deze zinnen leert Wegwijs de vraag herkennen.",
  questionGroups: { afspraak: "Afspraak maken", melden: "Iets melden" } as Readonly<Record<string, string>>,
  welcome: (name: string) => `Kennisbank van ${name}`,
  welcomeNone: "Kennisbank",
  lead: "Hetzelfde antwoord via ieder kanaal. Wat u hier leest, krijgt een inwoner in de chat en van uw collega’s.",
  how: "Zoek een onderwerp of kies een thema. Bij elk antwoord staan de bron, de eigenaar en de datum van controle.",
  pick: "Kies boven een gemeente. Dan ziet u ook de prijzen, de loketten en wie het daar doet.",
  openNow: "Nu open",
  openUntil: (name: string, ends: string) => `${name} is open tot ${clock.format(new Date(ends))} uur.`,
  openByAppointment: (name: string, ends: string) => `${name} is open tot ${clock.format(new Date(ends))} uur, alleen met afspraak.`,
  closedNow: "Op dit moment is alles gesloten.",
  opensNext: (name: string, starts: string) => `${name} gaat open op ${moment.format(new Date(starts))} uur.`,
  hoursUnknown: "Niemand heeft de openingstijden gecontroleerd. Een inwoner krijgt de website van de gemeente.",
  counters: "Loketten",
  noCounters: "Er staan nog geen loketten in de kennisbank.",
  counterExample: "Dit loket is nog niet gecontroleerd. Een inwoner ziet het niet.",
  hoursExample: "Deze tijden zijn verzonnen. Een inwoner ziet ze niet.",
  closed: "gesloten",
  hours: (start: string, end: string, byAppointment: boolean) => `${start.slice(0, 5)} tot ${end.slice(0, 5)}${byAppointment ? " (met afspraak)" : ""}`,
  day: "Dag",
  time: "Tijd",
  hoursOf: (name: string) => `Openingstijden van ${name}`,
  contacts: "Contact",
  contactExample: "Nog niet gecontroleerd. Een inwoner ziet dit niet.",
  contactKinds: {
    telefoon: "Telefoon", telefoon_buitenland: "Vanuit het buitenland", whatsapp: "WhatsApp", email: "E-mail", contactformulier: "Contactformulier",
    postadres: "Post", facebook: "Facebook", instagram: "Instagram", linkedin: "LinkedIn", x: "X", youtube: "YouTube",
  } as Readonly<Record<string, string>>,
  website: "Website",
  places: "Dorpen en wijken",
} as const;

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
