/** Limits of a note; study enforces the same. */
export const NOTE_BYTES = 64 * 1024;
export const TAG_LENGTH = 40;
export const TAGS = 50;

/** Removes what study refuses: control characters and lone surrogates, which nobody types. */
export function cleanText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are to be removed
  return text.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '');
}

export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Parses typed tags: separated by commas, each once regardless of letter case. */
export function parseTags(typed: string): string[] {
  const tags = new Map<string, string>();
  for (const part of cleanText(typed).split(/[,\n\t\u2028\u2029]/)) {
    const tag = shorten(part.trim(), TAG_LENGTH).trim();
    const folded = tag.normalize('NFC').toLowerCase();
    if (tag && !tags.has(folded) && tags.size < TAGS) tags.set(folded, tag);
  }
  return [...tags.values()];
}

/** Truncates between characters, never within one. */
function shorten(text: string, length: number): string {
  const cut = text.slice(0, length);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
