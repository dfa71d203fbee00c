/** A verse of the later scriptures that repeats words of a verse of the Bible. */
export interface Quotation {
  from: number;
  to: number;
  /** Number of five-word runs that both verses contain. */
  shared: number;
  /** The share of the runs of either verse that both contain; four decimals. */
  jaccard: number;
}

const RUN = 5;
const SIMILAR = 0.3;
const MANY_SHARED = 6;
const CONTAINED = 0.5;
const WORD = /\p{L}+/gu;

/**
 * Quotations of the Bible, found by runs of five words: Jaccard similarity of at least 0.3, or at least six runs in
 * common that are half of the shorter verse's. Verses before `firstLater` are the Bible, all in canonical order.
 */
export function findQuotations(texts: readonly string[], firstLater: number): Quotation[] {
  const words = new Map<string, number>();
  const later = new Map<number, number[]>();
  const sizes = new Uint16Array(texts.length);
  for (let verse = firstLater; verse < texts.length; verse++) {
    const runs = fiveWordRuns(texts[verse] ?? '', words);
    sizes[verse] = runs.size;
    for (const run of runs) {
      const verses = later.get(run);
      if (verses) verses.push(verse);
      else later.set(run, [verse]);
    }
  }
  const quotations: Quotation[] = [];
  for (let bible = 0; bible < firstLater; bible++) {
    const runs = fiveWordRuns(texts[bible] ?? '', words);
    const common = new Map<number, number>();
    for (const run of runs) {
      for (const verse of later.get(run) ?? []) common.set(verse, (common.get(verse) ?? 0) + 1);
    }
    for (const [verse, shared] of common) {
      const size = sizes[verse] ?? 0;
      const jaccard = shared / (size + runs.size - shared);
      const contained = shared / Math.min(size, runs.size);
      if (jaccard >= SIMILAR || (shared >= MANY_SHARED && contained >= CONTAINED)) {
        quotations.push({
          from: verse,
          to: bible,
          shared,
          jaccard: Math.round(jaccard * 1e4) / 1e4,
        });
      }
    }
  }
  return quotations.sort((a, b) => a.from - b.from || a.to - b.to);
}

/**
 * The distinct runs of five words of a text, as 53-bit hashes: among the corpus' million runs the chance that two
 * different ones collide is 1 in 10,000.
 */
function fiveWordRuns(text: string, words: Map<string, number>): Set<number> {
  const numbers = (text.toLowerCase().match(WORD) ?? []).map((word) => {
    const number = words.get(word) ?? words.size + 1;
    if (number > words.size) words.set(word, number);
    return number;
  });
  const runs = new Set<number>();
  for (let start = 0; start + RUN <= numbers.length; start++) {
    let high = 0;
    let low = 0;
    for (let next = start; next < start + RUN; next++) {
      const word = numbers[next] ?? 0;
      high = Math.imul(high ^ word, 0x9e3779b1);
      high ^= high >>> 15;
      low = Math.imul(low ^ word, 0x85ebca77);
      low ^= low >>> 13;
    }
    runs.add((high >>> 11) * 0x1_0000_0000 + (low >>> 0));
  }
  return runs;
}
