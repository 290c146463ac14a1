// What one can do besides talking: the menu and its pages, judging an answer, sound, keeping, ending and deleting.

import type { LitElement, ReactiveController } from "lit";
import { holdsFile, isFile } from "./files.js";
import { ApiError, type Move } from "./http.js";
import { asText, download, mailAddress } from "./record.js";
import type { Session } from "./session.js";
import type { Shelf } from "./shelf.js";
import type { Settings } from "./settings.js";
import { Sharing, type ShareActions } from "./sharing.js";
import { ping } from "./sound.js";
import { texts } from "./texts.js";
import type { JudgementActions } from "./views/judgement.js";
import type { MenuActions, Page } from "./views/menu.js";
import type { PageActions } from "./views/pages.js";
import type { FileActions } from "./views/panel.js";
import type { Share } from "./wire.js";

/** The widget as far as its extras look at it. */
export interface ExtrasHost extends LitElement {
  readonly session: Session;
  readonly shelf: Shelf;
  readonly called: string;
  readonly settings: Settings | null;
  readonly isOpen: boolean;
  /** What stands in the box to type in. */
  draft: string;
  say(text: string): void;
  ask(text: string): void;
  restart(): void;
  /** Puts the focus, after the coming update, on what this selector finds; without one, where typing goes on. */
  focusOn(selector: string): void;
}

export class Extras implements ReactiveController {
  page: Page = "talk";
  menuOpen = false;
  problem = "";
  /** What to do instead of sending a file, or why it did not go; stays until something is sent. */
  note = "";
  /** The code with which the conversation goes on in WhatsApp, while its page shows. */
  move: Move | null = null;
  busy = false;
  private readonly shares: Sharing;

  constructor(private readonly host: ExtrasHost) {
    host.addController(this);
    this.shares = new Sharing(host, (note) => this.change(() => (this.note = note)));
  }

  hostDisconnected(): void {
    this.menuOpen = false;
    this.page = "talk";
  }

  get sound(): boolean {
    return this.host.shelf.sound;
  }

  get sharing(): Share | null {
    return this.shares.busy;
  }

  get mail(): string {
    return this.menuOpen ? mailAddress(this.host.called, this.host.session.transcript) : "";
  }

  /** The chat is opened (again): what was deleted needs no page any more. */
  opened(): void {
    if (isOver(this.page)) this.page = "talk";
  }

  /** Something is said: the talk is what must be seen. */
  toTalk(): void {
    this.change(() => ((this.page = "talk"), (this.menuOpen = false), (this.move = null)));
  }

  /** The conversation goes on in WhatsApp and is no longer shown here. */
  moved(): void {
    this.host.draft = "";
    this.change(() => ((this.page = "moved"), (this.menuOpen = false), (this.move = null)));
    if (!this.host.isOpen) return;
    this.host.focusOn("#wegwijs-page");
    this.host.say(texts.pages.moved);
  }

  /** A message came: a tone when the citizen asked for that. */
  heard(): void {
    if (this.sound) ping();
  }

  /** Escape closes what lies on top first; false when there was nothing. */
  escape(): boolean {
    if (this.menuOpen) {
      this.menuOpen = false;
      this.host.focusOn("#wegwijs-menu");
    } else if (this.page === "talk" || isOver(this.page)) {
      return false;
    } else {
      this.actions.show("talk");
    }
    this.host.requestUpdate();
    return true;
  }

  readonly actions: MenuActions & PageActions & JudgementActions & FileActions & ShareActions = {
    sharePictures: (files) => this.shares.actions.sharePictures(files),
    sharePlace: () => this.shares.actions.sharePlace(),
    toggleMenu: () => this.change(() => (this.menuOpen = !this.menuOpen)),
    closeMenu: (event) => {
      const menu = event.currentTarget as HTMLElement;
      if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) this.change(() => (this.menuOpen = false));
    },
    pressed: (event) => {
      const inMenu = event.composedPath().some((place) => place instanceof HTMLElement && place.classList.contains("menu"));
      if (this.menuOpen && !inMenu) this.change(() => (this.menuOpen = false));
    },
    show: (page) => {
      this.change(() => {
        if (page !== this.page) this.move = null; // an old code may have ended
        this.page = page;
        this.menuOpen = false;
        this.problem = "";
      });
      this.host.focusOn(page === "talk" ? "" : "#wegwijs-page");
    },
    askPerson: () => this.host.ask(texts.iWantAPerson),
    download: () => {
      download(asText(this.host.called, this.host.session.transcript), texts.fileName);
      this.change(() => (this.menuOpen = false));
      this.host.focusOn("#wegwijs-menu");
      this.host.say(texts.downloaded);
    },
    toggleSound: () => {
      this.change(() => (this.host.shelf.sound = !this.sound));
      this.heard();
    },
    paste: (event) => {
      if (!isFile(event.clipboardData)) return;
      event.preventDefault();
      this.takeFiles(event.clipboardData);
    },
    drop: (event) => {
      if (holdsFile(event)) this.takeFiles(event.dataTransfer);
    },
    keep: (keep) => this.change(() => (this.host.shelf.keeps = keep)),
    toWhatsApp: () => void this.attempt(() => this.askCode(), "move"),
    sendMail: (email) => void this.attempt(() => this.mailTo(email), "talk"),
    end: () => void this.attempt(() => this.leave("end"), "talk"),
    erase: () => void this.attempt(() => this.leave("erase"), "erased"),
    restart: () => {
      this.change(() => (this.page = "talk"));
      this.host.restart();
    },
    judge: (seq, judgement) => {
      this.host.session.judge(seq, judgement);
      this.host.say(judgement.helpful || judgement.reason ? texts.thanks : texts.whyNot);
    },
  };

  /** Pictures go to the bot where it takes them; for anything else there is a way to go on. What stands in the box stays there. */
  private takeFiles(given: DataTransfer | null): void {
    const { transcript } = this.host.session;
    if (transcript.byPerson || (this.host.settings?.pictures && transcript.owner === "bot")) return this.actions.sharePictures([...(given?.files ?? [])]);
    this.change(() => (this.note = texts.noFiles));
    this.host.say(texts.noFiles);
  }

  /** With the conversation goes what was typed for it. */
  private async leave(how: "end" | "erase"): Promise<void> {
    await this.host.session[how]();
    this.host.draft = "";
  }

  private async mailTo(email: string): Promise<void> {
    await this.host.session.mail(email);
    this.host.say(texts.mailed);
  }

  private async askCode(): Promise<void> {
    this.move = await this.host.session.move();
    this.host.say(texts.codeIs(this.move.code));
  }

  /** Does what takes a moment and shows a page after it; what goes wrong is said on the page that is there. */
  private async attempt(act: () => Promise<void>, then: Page): Promise<void> {
    if (this.busy) return;
    this.change(() => ((this.busy = true), (this.problem = "")));
    try {
      await act();
      this.actions.show(then);
    } catch (error) {
      this.problem = whyNot(error, this.page);
    }
    this.change(() => (this.busy = false));
  }

  private change(act: () => unknown): void {
    act();
    this.host.requestUpdate();
  }
}

/** What the citizen can do about it: wait for so long, mend the address, or just try again. */
function whyNot(error: unknown, page: Page): string {
  if (!(error instanceof ApiError && error.status < 500)) return texts.notDone;
  if (error.retryAfter !== null) return texts.notDoneYet(Math.ceil(error.retryAfter / 60));
  if (error.code === "bad_request") return page === "mail" ? texts.wrongAddress : texts.notDone;
  return error.message || texts.notDone;
}

/** A page after which there is nothing to go back to. */
function isOver(page: Page): boolean {
  return page === "erased" || page === "moved";
}
