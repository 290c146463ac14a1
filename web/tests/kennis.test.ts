import { describe, expect, it } from "vitest";
import { readAddress, writeAddress } from "../kennis/address.js";
import { forMail } from "../kennis/copy.js";

describe("the address of the knowledge page", () => {
  it("comes back as it was written", () => {
    const address = { municipality: "castricum", product: "paspoort", query: "kwijt & gestolen" };
    expect(readAddress(new URL(writeAddress(address), "https://wegwijs.example").search)).toEqual(address);
  });

  it("is short when there is nothing to say", () => {
    expect(writeAddress({ municipality: null, product: null, query: "  " })).toBe("/kennis");
    expect(readAddress("?gemeente=&product=")).toEqual({ municipality: null, product: null, query: "" });
  });
});

describe("an answer that is copied", () => {
  it("keeps lists and shows where a link leads", () => {
    const text = "Kijk op [de site](https://www.castricum.nl).\n\n- **Paspoort**: € 83,87\n- Spoed";
    expect(forMail(text)).toBe("Kijk op de site (https://www.castricum.nl/).\n\n- Paspoort: € 83,87\n- Spoed");
  });

  it("shows an address once when it is its own title", () => {
    expect(forMail("https://www.castricum.nl/")).toBe("https://www.castricum.nl/");
  });
});
