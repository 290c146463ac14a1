// The integration page: shows the tag for the chosen municipality and page, ready to copy.

import { tags } from "./tags.js";

interface Named {
  readonly id: string;
  readonly name: string;
}

const municipality = document.querySelector<HTMLSelectElement>("#gemeente");
const product = document.querySelector<HTMLInputElement>("#product");

async function fetched(address: string): Promise<Record<string, unknown>> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(5000) });
    return (await response.json()) as Record<string, unknown>;
  } catch {
    return {}; // the page then shows the example without a list to choose from
  }
}

function show(): void {
  const wish = { origin: location.origin, municipality: municipality?.value ?? "", product: product?.value.trim() ?? "" };
  const code = tags(wish);
  for (const place of document.querySelectorAll<HTMLElement>("[data-code]")) place.textContent = code[place.dataset.code ?? ""] ?? "";
}

function offer(list: Element | null, items: readonly Named[]): void {
  for (const { id, name } of items) {
    const option = document.createElement("option");
    option.value = id;
    option.textContent = name;
    list?.append(option);
  }
}

document.addEventListener("click", (event) => {
  const name = event.target instanceof HTMLElement ? event.target.dataset.copy : undefined;
  const text = name && document.querySelector(`[data-code="${name}"]`)?.textContent;
  if (!text) return;
  const status = document.querySelector("#gekopieerd");
  const tell = (words: string) => status && (status.textContent = words);
  navigator.clipboard.writeText(text).then(
    () => tell("Gekopieerd."),
    () => tell("Kopiëren lukt hier niet. Selecteer de tekst en kopieer die zelf."),
  );
});

document.querySelector("#keuze")?.addEventListener("input", show);
document.querySelector("#keuze")?.addEventListener("submit", (event) => event.preventDefault());

async function start(): Promise<void> {
  show();
  const places = await fetched("/api/v1/municipalities");
  offer(municipality, (places.municipalities as Named[] | undefined) ?? []);
  show();
  const known = (await fetched("/api/v1/kennis/producten")).products as Named[] | undefined;
  offer(document.querySelector("#producten"), known ?? []);
}

void start();
