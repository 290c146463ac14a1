// The conversation as plain text, to keep or to mail; nothing leaves the citizen's own device.

import { clockTime, longDate } from "./dates.js";
import { plainText } from "./markdown.js";
import { locale, texts } from "./texts.js";
import type { Transcript } from "./transcript.js";

/** What a mail program takes in an address; longer ones are cut off there without a word. */
const MAIL_CHARACTERS = 1500;

/** Everything that was said, oldest first, with who said it and when; the day too where that is another than the first. */
export function asText(title: string, transcript: Transcript): string {
  const first = transcript.messages[0];
  const day = new Date(first?.at ?? "");
  const lines = transcript.messages.map((message) => {
    const who = message.author === "agent" ? transcript.agentAt(message.seq) || texts.author.agent : texts.author[message.author];
    const said = message.author === "citizen" ? message.text : plainText(message.text);
    const source = message.meta.source ? `\n${texts.source}: ${message.meta.source}` : "";
    return `${[clockTime(message.at, locale, day), who].filter(Boolean).join(" ")}\n${said}${source}`;
  });
  return [texts.recordOf(title, first ? longDate(first.at, locale) : ""), ...lines].join("\n\n") + "\n";
}

/** An address that opens the citizen's own mail program with the conversation in it. */
export function mailAddress(title: string, transcript: Transcript): string {
  const whole = asText(title, transcript);
  const body = whole.length > MAIL_CHARACTERS ? `${whole.slice(0, MAIL_CHARACTERS)}…\n\n${texts.recordCut}` : whole;
  return `mailto:?subject=${encodeURIComponent(texts.recordOf(title, ""))}&body=${encodeURIComponent(body)}`;
}

/** Has the browser keep `text` as a file. */
export function download(text: string, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
