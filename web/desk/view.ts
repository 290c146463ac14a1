// What is in view, and how that stands in the address of the page.

export type ListName = "start" | "all" | "search" | "promises" | "appointments" | "reports" | "team" | "sample" | "accounts" | "settings";
export type View = { readonly name: "talk" | "report"; readonly id: string } | { readonly name: ListName };

const ADDRESSES: Readonly<Record<ListName, string>> = {
  start: "", all: "alles", search: "zoeken", promises: "terugbellen", appointments: "afspraken", reports: "meldingen", team: "team", sample: "steekproef",
  accounts: "accounts", settings: "instellingen",
};

export function addressOf(view: View): string {
  if (view.name === "talk") return `/desk#gesprek=${encodeURIComponent(view.id)}`;
  if (view.name === "report") return `/desk#melding=${encodeURIComponent(view.id)}`;
  return ADDRESSES[view.name] ? `/desk#${ADDRESSES[view.name]}` : "/desk";
}

export function readAddress(hash: string): View {
  const text = hash.replace(/^#/, "");
  const id = new URLSearchParams(text).get("gesprek");
  if (id) return { name: "talk", id };
  const report = new URLSearchParams(text).get("melding");
  if (report) return { name: "report", id: report };
  const found = Object.entries(ADDRESSES).find(([, address]) => address !== "" && address === text);
  return { name: (found?.[0] ?? "start") as ListName };
}

/** The secret of an invitation in the address, if this is one. */
export function invitationIn(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, "")).get("uitnodiging");
}
