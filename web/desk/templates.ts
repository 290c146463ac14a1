// Finds the templates that fit what was typed after "/", and puts one in the reply.

import type { Template } from "./shapes.js";

const MOST = 6;

/** What was typed after a "/" that stands at the end of the draft, or null when there is none. */
export function typedCommand(draft: string): string | null {
  const match = /(?:^|\n)\/([^\n/]{0,40})$/.exec(draft);
  return match ? (match[1] ?? "").trim().toLowerCase() : null;
}

/** Templates with every typed word at the start of one of their own words, those by title first. */
export function findTemplates(all: readonly Template[], command: string): readonly Template[] {
  const wanted = command.split(/\s+/).filter((word) => word !== "");
  const inTitle = (template: Template) => startsAll(`${template.id} ${template.title}`, wanted);
  const fits = all.filter((template) => startsAll(`${template.id} ${template.title} ${template.words.join(" ")} ${template.text}`, wanted));
  return [...fits].sort((a, b) => Number(inTitle(b)) - Number(inTitle(a))).slice(0, MOST);
}

function startsAll(text: string, wanted: readonly string[]): boolean {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return wanted.every((start) => words.some((word) => word.startsWith(start)));
}

/** The draft with the command replaced by the template's text. */
export function fill(template: Template, draft: string, name: string): string {
  const before = draft.replace(/(^|\n)\/[^\n/]{0,40}$/, "$1").trimEnd();
  const text = template.text.replaceAll("{naam}", name).trim();
  return before === "" ? text : `${before}\n\n${text}`;
}
