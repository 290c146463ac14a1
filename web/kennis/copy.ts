// Writes an answer as plain text for a mail or a letter: lists stay lists, and a link shows its address.

import { parseMarkdown, type Inline } from "../widget/src/markdown.js";

export function forMail(source: string): string {
  return parseMarkdown(source)
    .map((block) => (block.kind === "paragraph" ? line(block.parts) : block.items.map((item) => `- ${line(item)}`).join("\n")))
    .join("\n\n");
}

function line(parts: readonly Inline[]): string {
  return parts.map(piece).join("");
}

function piece(part: Inline): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "break":
      return "\n";
    case "bold":
      return line(part.parts);
    case "link": {
      const title = line(part.parts);
      return title === part.href ? title : `${title} (${part.href})`;
    }
  }
}
