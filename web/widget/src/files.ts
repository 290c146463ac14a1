// A picture or document that is pasted or dropped: the page must not open it in its place, and what is a picture is made small.

import { texts } from "./texts.js";

/** Pixels; enough to see a loose paving stone, and a twentieth of what a telephone takes. */
const LONGEST_SIDE = 1600;
const QUALITY = 0.85;

/** It cannot be shared; `message` is a sentence for the citizen. */
export class NotShared extends Error {}

/** Whether files come along and nothing that can be pasted as text: a word processor copies a picture of its text too. */
export function isFile(given: DataTransfer | null): boolean {
  const types = [...(given?.types ?? [])];
  return types.includes("Files") && !types.includes("text/plain");
}

/** For `dragover` and `drop`: keeps the browser from leaving the page for the file. True when it was one. */
export function holdsFile(event: DragEvent): boolean {
  const held = [...(event.dataTransfer?.types ?? [])].includes("Files");
  if (held) event.preventDefault();
  return held;
}

/** The picture anew, as a small JPEG: where and with what it was taken does not leave the device. Rejects with NotShared. */
export async function smallPicture(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  const sheet = document.createElement("canvas");
  const pen = sheet.getContext("2d");
  if (bitmap === null || pen === null) throw new NotShared(texts.notAPicture);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  sheet.width = Math.ceil(bitmap.width * scale);
  sheet.height = Math.ceil(bitmap.height * scale);
  pen.fillStyle = "#fff"; // what can be seen through becomes black in a JPEG
  pen.fillRect(0, 0, sheet.width, sheet.height);
  pen.drawImage(bitmap, 0, 0, sheet.width, sheet.height);
  bitmap.close();
  const made = await new Promise<Blob | null>((resolve) => sheet.toBlob(resolve, "image/jpeg", QUALITY));
  if (made === null) throw new NotShared(texts.notAPicture);
  return made;
}
