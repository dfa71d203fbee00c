const SMALL = new Set([
  'a',
  'an',
  'and',
  'as',
  'at',
  'by',
  'for',
  'from',
  'in',
  'of',
  'on',
  'or',
  'the',
  'to',
  'with',
]);
const WORD = /[\p{L}'’]+/gu;

/** "ANGEL (A SPIRIT)" → "Angel (a Spirit)": the module's headings are capitals throughout. */
export function topicName(key: string): string {
  let first = true;
  return key.toLowerCase().replace(WORD, (word) => {
    const small = !first && SMALL.has(word);
    first = false;
    return small ? word : word.charAt(0).toUpperCase() + word.slice(1);
  });
}

/** "ANGEL (A SPIRIT)" → `angel-a-spirit`; a second topic of the same slug gets `-2`. Adds the slug to those taken. */
export function topicSlug(key: string, taken: Set<string>): string {
  const base =
    key
      .toLowerCase()
      .replace(/['’]/g, '')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'topic';
  let slug = base;
  for (let count = 2; taken.has(slug); count++) slug = `${base}-${count}`;
  taken.add(slug);
  return slug;
}
