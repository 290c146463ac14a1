// Shows the bot a picture or a place: made on the device, sent, and told; what fails leaves the way open to go on without.

import { NotShared, smallPicture } from "./files.js";
import { ApiError } from "./http.js";
import { newId } from "./ids.js";
import { whereAmI } from "./place.js";
import type { Session } from "./session.js";
import { texts } from "./texts.js";
import type { Place, Share } from "./wire.js";

export interface SharingHost {
  readonly session: Session;
  say(text: string): void;
  focusOn(selector: string): void;
}

export interface ShareActions {
  sharePictures(files: readonly File[]): void;
  sharePlace(): void;
}

export class Sharing {
  /** What is being made or sent. */
  busy: Share | null = null;

  /** `tell` shows a sentence (or none) above the box to type in. */
  constructor(
    private readonly host: SharingHost,
    private readonly tell: (note: string) => void,
  ) {}

  readonly actions: ShareActions = {
    sharePictures: (files) => void this.share("picture", files.map((file) => () => smallPicture(file))),
    sharePlace: () => void this.share("place", [whereAmI]),
  };

  private async share(kind: Share, all: readonly (() => Promise<Blob | Place>)[]): Promise<void> {
    if (this.busy || all.length === 0) return;
    this.busy = kind;
    this.tell("");
    this.host.say(kind === "place" ? texts.findingPlace : texts.sendingPicture);
    try {
      for (const make of all) await this.send(newId(), await make());
      this.end("");
      this.host.focusOn(""); // the button goes away with the question
    } catch (error) {
      this.end((error instanceof NotShared || error instanceof ApiError ? error.message : "") || texts.notShared);
    }
  }

  /** Once more when nobody can know whether it arrived: the same id is the same picture. */
  private async send(id: string, what: Blob | Place): Promise<void> {
    const { session } = this.host;
    try {
      await session.share(id, what);
    } catch (error) {
      if (error instanceof ApiError) throw error;
      await session.share(id, what);
    }
  }

  private end(problem: string): void {
    this.busy = null;
    this.tell(problem);
    this.host.say(problem);
  }
}
