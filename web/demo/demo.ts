// The demo page: knows which municipality is shown, and puts the widget on the page as any website would.

interface Municipality {
  readonly id: string;
  readonly name: string;
}

interface Chat extends HTMLElement {
  open(): void;
  ask(text: string): void;
}

/** Wide enough to show the chat beside the page without covering what was there. */
const ROOM_FOR_BOTH = "(min-width: 80em) and (min-height: 40em)";

async function municipalities(): Promise<Municipality[]> {
  try {
    const response = await fetch("/api/v1/municipalities", { signal: AbortSignal.timeout(5000) });
    const body = (await response.json()) as { municipalities?: Municipality[] };
    return body.municipalities ?? [];
  } catch {
    return []; // the page and the widget work without the list; the widget asks for it again itself
  }
}

function showSwitch(all: readonly Municipality[], current: Municipality | undefined): void {
  const nav = document.querySelector<HTMLElement>("#gemeenten");
  const list = nav?.querySelector("ul");
  if (!nav || !list || all.length < 2) return;
  for (const { id, name } of all) {
    const link = document.createElement("a");
    link.href = `?gemeente=${encodeURIComponent(id)}`;
    link.textContent = name;
    if (id === current?.id) link.setAttribute("aria-current", "page");
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  nav.hidden = false;
}

function placeWidget(municipality: string | undefined): void {
  const script = document.createElement("script");
  script.src = "/widget.js";
  script.defer = true;
  if (municipality) script.dataset.municipality = municipality;
  if (matchMedia(ROOM_FOR_BOTH).matches) script.dataset.open = "";
  document.body.append(script);
}

async function withChat(act: (chat: Chat) => void): Promise<void> {
  await customElements.whenDefined("wegwijs-chat");
  const chat = document.querySelector<Chat>("wegwijs-chat");
  if (chat) act(chat);
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-open-chat], [data-ask]") : null;
  const question = button?.dataset.ask;
  if (button) void withChat((chat) => (question ? chat.ask(question) : chat.open()));
});

async function start(): Promise<void> {
  const all = await municipalities();
  const asked = new URLSearchParams(location.search).get("gemeente");
  const current = all.find(({ id }) => id === asked) ?? all[0];
  if (current) {
    const name = document.querySelector("#naam");
    if (name) name.textContent = `Gemeente ${current.name}`;
    document.title = `Gemeente ${current.name} – demonstratie van Wegwijs`;
  }
  showSwitch(all, current);
  placeWidget(current?.id);
}

void start();
