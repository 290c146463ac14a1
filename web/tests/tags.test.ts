// The tag that editors copy: whatever was chosen, it stays one tag.

import { describe, expect, it } from "vitest";
import { tags } from "../demo/tags.js";

const ORIGIN = "https://chat.gemeente.example";

describe("the tag", () => {
  it("is one line of HTML", () => {
    expect(tags({ origin: ORIGIN, municipality: "heiloo", product: "paspoort" }).html).toBe(
      `<script src="${ORIGIN}/widget.js" data-municipality="heiloo" data-product="paspoort" defer></script>`,
    );
  });

  it("names in the policy what the widget talks to, and nothing more", () => {
    expect(tags({ origin: ORIGIN, municipality: "heiloo", product: "" }).csp).toBe(
      `script-src ${ORIGIN};\nconnect-src ${ORIGIN} wss://chat.gemeente.example;`,
    );
  });

  it("lets nothing break out of an attribute or a PHP string", () => {
    const code = tags({ origin: ORIGIN, municipality: "heiloo", product: `"><script>'` });
    expect(code.html).toContain('data-product="&quot;>&lt;script>\'"');
    expect(code.wordpress).toContain("\\'\" defer");
    expect(code.drupal).toContain(`'data-product' => '"><script>\\''`);
  });
});
