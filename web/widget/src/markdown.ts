// Reads the Markdown subset of the answers (bold, links, lists, paragraphs) into plain values; it never makes HTML.

export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bold"; readonly parts: readonly Inline[] }
  | { readonly kind: "link"; readonly href: string; readonly parts: readonly Inline[] }
  | { readonly kind: "break" };

export type Block =
  | { readonly kind: "paragraph"; readonly parts: readonly Inline[] }
  | { readonly kind: "list"; readonly ordered: boolean; readonly start: number; readonly items: readonly (readonly Inline[])[] };

const BULLET = /^\s{0,3}[-*•]\s+(.*)$/;
const NUMBER = /^\s{0,3}(\d{1,3})[.)]\s+(.*)$/;
// One pass, the earliest wins: escape, [title](url), **bold**, a bare address.
const INLINE = /\\([\\*[\]()_])|\[([^\]\n]{1,300})\]\(\s*([^()\s]{1,2000}(?:\([^()\s]*\)[^()\s]*)?)\s*\)|\*\*(?=\S)([^\n]{1,1000}?\S)\*\*|(https?:\/\/[^\s<>"'()[\]*]{1,2000})/g;
const TRAILING = /[.,;:!?]+$/;

/** The address if a citizen may safely follow it (web page, telephone, mail), otherwise null. */
export function safeHref(address: string): string | null {
  // Browsers drop tabs, line ends and leading control signs inside an address, so a check that keeps them can be fooled.
  const clean = address.replace(/[\u0000-\u0020\u007f-\u009f\u200b-\u200f\u2028\u2029\ufeff]/g, "");
  if (/^(?:tel|mailto):[^/\\]/i.test(clean)) return clean;
  if (!/^https?:\/\//i.test(clean)) return null;
  try {
    const url = new URL(clean);
    return url.username === "" && url.password === "" ? url.href : null;
  } catch {
    return null;
  }
}

export function parseMarkdown(source: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  const flush = () => {
    if (lines.length > 0) blocks.push({ kind: "paragraph", parts: joinLines(lines) });
    lines = [];
  };
  for (const line of source.replace(/\r\n?/g, "\n").split("\n")) {
    const item = listItem(line);
    if (item) {
      flush();
      appendItem(blocks, item);
    } else if (line.trim() === "") {
      flush();
    } else {
      lines.push(line.replace(/^\s{0,3}#{1,6}\s+/, "").trim());
    }
  }
  flush();
  return blocks;
}

/** The same text for ears: no signs, a full stop after list items, so that a screen reader pauses. */
export function plainText(source: string): string {
  const sentences = parseMarkdown(source).flatMap((block) =>
    block.kind === "paragraph" ? [flatten(block.parts)] : block.items.map(flatten),
  );
  return sentences.map((sentence) => (/[.!?:…]$/.test(sentence) ? sentence : `${sentence}.`)).join(" ");
}

interface Item {
  readonly ordered: boolean;
  readonly number: number;
  readonly text: string;
}

function listItem(line: string): Item | null {
  const bullet = BULLET.exec(line);
  if (bullet) return { ordered: false, number: 1, text: bullet[1] ?? "" };
  const number = NUMBER.exec(line);
  return number && { ordered: true, number: Number(number[1]), text: number[2] ?? "" };
}

function appendItem(blocks: Block[], item: Item): void {
  const last = blocks[blocks.length - 1];
  const parts = parseInline(item.text);
  if (last?.kind === "list" && last.ordered === item.ordered) {
    blocks[blocks.length - 1] = { ...last, items: [...last.items, parts] };
  } else {
    blocks.push({ kind: "list", ordered: item.ordered, start: item.number, items: [parts] });
  }
}

function joinLines(lines: readonly string[]): Inline[] {
  return lines.flatMap((line, index) => (index === 0 ? parseInline(line) : [{ kind: "break" } as const, ...parseInline(line)]));
}

function parseInline(source: string, depth = 0): Inline[] {
  if (depth > 3) return [{ kind: "text", text: source }];
  const parts: Inline[] = [];
  let at = 0;
  for (const match of source.matchAll(INLINE)) {
    if (match.index > at) parts.push({ kind: "text", text: source.slice(at, match.index) });
    parts.push(...inlinePart(match, depth));
    at = match.index + match[0].length;
  }
  if (at < source.length) parts.push({ kind: "text", text: source.slice(at) });
  return parts;
}

function inlinePart(match: RegExpMatchArray, depth: number): Inline[] {
  const [whole, escaped, title, target, bold, bare] = match;
  if (escaped !== undefined) return [{ kind: "text", text: escaped }];
  if (bold !== undefined) return [{ kind: "bold", parts: parseInline(bold, depth + 1) }];
  if (bare !== undefined) return bareLink(bare);
  const href = safeHref(target ?? "");
  const parts = parseInline(title ?? "", depth + 1).flatMap((part) => (part.kind === "link" ? part.parts : [part]));
  // A target that may not be followed stays readable as text, so that nobody wonders where a word went.
  return href === null ? [{ kind: "text", text: whole }] : [{ kind: "link", href, parts }];
}

function bareLink(address: string): Inline[] {
  const tail = TRAILING.exec(address)?.[0] ?? "";
  const shown = address.slice(0, address.length - tail.length);
  const href = safeHref(shown);
  if (href === null) return [{ kind: "text", text: address }];
  const link: Inline = { kind: "link", href, parts: [{ kind: "text", text: shown }] };
  return tail === "" ? [link] : [link, { kind: "text", text: tail }];
}

function flatten(parts: readonly Inline[]): string {
  return parts
    .map((part) => {
      if (part.kind === "text") return part.text;
      return part.kind === "break" ? " " : flatten(part.parts);
    })
    .join("");
}
