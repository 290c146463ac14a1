// A picture or document that is pasted or dropped: the chat takes none, and the page must not open it in its place.

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
