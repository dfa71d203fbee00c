const BLOCK = /<(?:\/?(?:p|title|table|row|list|item|lg|l)|div|lb)\b[^>]*>/g;
const TAG = /<[^>]*>/g;
const USFM = /\\\+?\w+\*?/g;
const ENTITY = /&(?:#(\d+)|#x([0-9a-f]+)|(amp|lt|gt|quot|apos));/gi;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** The text of OSIS or TEI markup: paragraphs are separated by one empty line. */
export function plainText(markup: string): string {
  return markup
    .replace(BLOCK, '\n')
    .replace(TAG, '')
    .replace(USFM, '')
    .replace(ENTITY, decodeEntity)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n\n');
}

function decodeEntity(entity: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? entity;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
}
