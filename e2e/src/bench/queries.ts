/** A verse as the mix is drawn from it. */
export interface SampleVerse {
  readonly reference: string;
  readonly text: string;
}

/**
 * A realistic mix of search queries, the same on every run: exact phrases as people remember them,
 * a few words out of order, single words, phrases with a word wrong, references, and Hebrew or Greek words.
 */
export function queryMix(verses: readonly SampleVerse[], count: number): string[] {
  const random = seeded(1830);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new RangeError('pick from nothing');
    return item;
  };
  const makers: readonly (() => string)[] = [
    () => phrase(pick(verses), 3, random),
    () => phrase(pick(verses), 5, random),
    () => `"${phrase(pick(verses), 4, random)}"`,
    () =>
      shuffle(
        words(pick(verses)).filter((word) => word.length > 4),
        random,
      )
        .slice(0, 3)
        .join(' '),
    () => pick(words(pick(verses)).filter((word) => word.length > 3)),
    () => misremember(phrase(pick(verses), 7, random), random),
    () => pick(verses).reference,
    () => pick(originals),
  ];
  const mix = new Set<string>();
  for (let i = 0; mix.size < count; i += 1) {
    const query = makers[i % makers.length]?.().trim();
    if (query) mix.add(query);
    if (i > count * 50)
      throw new Error(`only ${mix.size} distinct queries from ${verses.length} verses`);
  }
  return [...mix];
}

const originals = [
  'chesed',
  'αγαπη',
  'שלום',
  'ruach',
  'λογος',
  'H430',
  'G26',
  'emunah',
  'תורה',
  'pistis',
];

function words({ text }: SampleVerse): string[] {
  const found = text.toLowerCase().match(/[a-z]+/g) ?? [];
  return found.length > 8 ? found : [...found, 'faith', 'hope', 'charity', 'endureth', 'forever'];
}

function phrase(verse: SampleVerse, length: number, random: () => number): string {
  const all = words(verse);
  const start = Math.floor(random() * Math.max(1, all.length - length));
  return all.slice(start, start + length).join(' ');
}

function misremember(text: string, random: () => number): string {
  const all = text.split(' ');
  all.splice(Math.floor(random() * all.length), 1);
  return all.join(' ');
}

function shuffle<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** Mulberry32, a small generator whose sequence depends on the seed alone. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
