// What the page shows, as it stands in its address: a link to it can be sent to a colleague.

export interface Address {
  readonly municipality: string | null;
  readonly product: string | null;
  readonly query: string;
}

export function readAddress(search: string): Address {
  const values = new URLSearchParams(search);
  return {
    municipality: values.get("gemeente") || null,
    product: values.get("product") || null,
    query: values.get("zoek") ?? "",
  };
}

export function writeAddress({ municipality, product, query }: Address): string {
  const values = new URLSearchParams();
  if (municipality) values.set("gemeente", municipality);
  if (product) values.set("product", product);
  if (query.trim()) values.set("zoek", query.trim());
  const text = values.toString();
  return text ? `/kennis?${text}` : "/kennis";
}
