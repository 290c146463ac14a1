// Puts choices that are times ("di 3 mrt 14.30 uur") together by day.

import type { Choice } from "./wire.js";

export interface Day {
  /** "dinsdag 3 maart"; empty for choices that are no times. */
  readonly title: string;
  readonly choices: readonly { readonly choice: Choice; readonly label: string }[];
}

const TIME = /^([a-z]{2})[a-z]* (\d{1,2}) ([a-z]{3})[a-z]*,? (?:om )?(\d{1,2}[.:]\d{2}(?: uur)?)$/i;
const DAYS: Record<string, string> = {
  ma: "maandag", di: "dinsdag", wo: "woensdag", do: "donderdag", vr: "vrijdag", za: "zaterdag", zo: "zondag",
};
const MONTHS: Record<string, string> = {
  jan: "januari", feb: "februari", mrt: "maart", maa: "maart", apr: "april", mei: "mei", jun: "juni",
  jul: "juli", aug: "augustus", sep: "september", okt: "oktober", nov: "november", dec: "december",
};

/** The choices in their order, split where the day changes; one part without a title when they are no times. */
export function byDay(choices: readonly Choice[]): Day[] {
  const days: { title: string; choices: { choice: Choice; label: string }[] }[] = [];
  for (const choice of choices) {
    const { title, label } = read(choice.title);
    const same = days.find((day) => day.title === title);
    if (same) same.choices.push({ choice, label });
    else days.push({ title, choices: [{ choice, label }] });
  }
  return days;
}

function read(shown: string): { title: string; label: string } {
  const match = TIME.exec(shown.trim());
  const day = DAYS[match?.[1]?.toLowerCase() ?? ""];
  const month = MONTHS[match?.[3]?.toLowerCase() ?? ""];
  if (!match || !day || !month) return { title: "", label: shown };
  return { title: `${day} ${match[2]} ${month}`, label: match[4] ?? shown };
}
