// The Markdown subset, and everything a hostile text may try with it.

import { describe, expect, it } from "vitest";
import { parseMarkdown, plainText, safeHref, type Block, type Inline } from "../widget/src/markdown.js";

function inlines(blocks: readonly Block[]): Inline[] {
  const top = blocks.flatMap((block) => (block.kind === "paragraph" ? block.parts : block.items.flat()));
  const deep = (part: Inline): Inline[] => [part, ...("parts" in part ? part.parts.flatMap(deep) : [])];
  return top.flatMap(deep);
}

function hrefs(source: string): string[] {
  return inlines(parseMarkdown(source)).flatMap((part) => (part.kind === "link" ? [part.href] : []));
}

describe("the subset", () => {
  it("reads bold, links and text in one line", () => {
    expect(parseMarkdown("Dit is **heel** [duidelijk](https://www.heiloo.nl/a).")).toEqual([
      {
        kind: "paragraph",
        parts: [
          { kind: "text", text: "Dit is " },
          { kind: "bold", parts: [{ kind: "text", text: "heel" }] },
          { kind: "text", text: " " },
          { kind: "link", href: "https://www.heiloo.nl/a", parts: [{ kind: "text", text: "duidelijk" }] },
          { kind: "text", text: "." },
        ],
      },
    ]);
  });

  it("reads lists between paragraphs", () => {
    const blocks = parseMarkdown("Neem mee:\n- pas\n- foto\n\n1. Bel\n2. Kom\nTot dan");
    expect(blocks.map((block) => (block.kind === "list" ? [block.ordered, block.items.length] : "p"))).toEqual([
      "p",
      [false, 2],
      [true, 2],
      "p",
    ]);
  });

  it("keeps line ends within a paragraph and splits at empty lines", () => {
    const blocks = parseMarkdown("een\ntwee\n\ndrie");
    expect(blocks).toHaveLength(2);
    expect(inlines(blocks).map(({ kind }) => kind)).toEqual(["text", "break", "text", "text"]);
  });

  it("makes a bare address a link, without the full stop behind it", () => {
    expect(hrefs("Kijk op https://www.bergen-nh.nl/afval.")).toEqual(["https://www.bergen-nh.nl/afval"]);
  });

  it("allows a link inside bold and bold inside a link", () => {
    expect(hrefs("**[a](https://a.nl/)** [**b**](https://b.nl/)")).toEqual(["https://a.nl/", "https://b.nl/"]);
  });

  it.each(["5 * 3 * 2", "**niet dicht", "[geen] (link)", "a_b_c", "`code`", "1.500 euro", "- "])("leaves %j as it is", (source) => {
    const kinds = new Set(inlines(parseMarkdown(source)).map(({ kind }) => kind));
    expect([...kinds].every((kind) => kind === "text")).toBe(true);
  });

  it("takes a backslash as: show this sign", () => {
    expect(plainText("\\*\\*niet vet\\*\\*")).toBe("**niet vet**.");
  });
});

describe("addresses", () => {
  it.each([
    ["https://www.castricum.nl/", "https://www.castricum.nl/"],
    ["http://voorbeeld.nl", "http://voorbeeld.nl/"],
    ["tel:140251", "tel:140251"],
    ["mailto:info@voorbeeld.nl", "mailto:info@voorbeeld.nl"],
  ])("follows %s", (address, href) => {
    expect(safeHref(address)).toBe(href);
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\u0001javascript:alert(1)",
    "\u200bjavascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,AAAA",
    "blob:https://x.nl/1",
    "file:///etc/passwd",
    "ftp://x.nl/",
    "//x.nl/",
    "/relatief",
    "relatief",
    "https:x.nl",
    "https://",
    "https://castricum.nl@kwaad.nl/",
    "tel:",
    "mailto://x",
    "&#106;avascript:alert(1)",
    "",
  ])("refuses %j", (address) => {
    expect(safeHref(address)).toBeNull();
  });
});

describe("hostile texts", () => {
  it.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[klik](javascript:alert(1))",
    "[klik](java\tscript:alert(1))",
    "[klik]( javascript:alert(1) )",
    "![beeld](javascript:alert(1))",
    "**[x](javascript:alert(1))**",
    "[**x**](data:text/html,x)",
    "- [x](vbscript:x)",
    "<https://x.nl/\"onclick=alert(1)>".replace("https:", "javascript:"),
    "[a](JAVASCRIPT:alert(1) \"titel\")",
    "[x]: javascript:alert(1)\n[x]",
  ])("%j gives no link at all", (source) => {
    expect(hrefs(source)).toEqual([]);
  });

  it("never nests a link in a link", () => {
    for (const part of inlines(parseMarkdown("[zie https://a.nl/ **https://b.nl/**](https://c.nl/)"))) {
      if (part.kind === "link") expect(part.parts.some((inner) => inner.kind === "link")).toBe(false);
    }
  });

  it("keeps every sign of a text that looks like HTML", () => {
    expect(plainText("<b>&lt;vet&gt;</b>!")).toBe("<b>&lt;vet&gt;</b>!");
  });

  it.each(["**a".repeat(3000), "[".repeat(5000), "[a](".repeat(3000), "* ".repeat(5000), "https://".repeat(2000), "\\".repeat(9000)])(
    "reads a long tease in a moment",
    (source) => {
      const start = performance.now();
      parseMarkdown(source);
      expect(performance.now() - start).toBeLessThan(1000);
    },
  );
});

describe("for ears", () => {
  it("says list items as sentences, without signs or addresses", () => {
    expect(plainText("Neem **mee**:\n- uw pas\n- een [foto](https://x.nl)")).toBe("Neem mee: uw pas. een foto.");
  });
});
