import type { RepairList } from '../corpus/repair.list.ts';

/** A word as `index.js` has it: its form, and the numbers of its prefixes and of itself. */
export type HebrewToken = readonly [form: string, numbers: string];

interface LostWords {
  reference: string;
  /** Where they stand among the words that are there. */
  at: 'start' | 'end';
  words: string;
}

/*
 * Where one verse of the King James Version is two or three of the Hebrew text, the package's converter kept only the
 * last ones in these verses. The words are those of the package's own XML (wlc/*.xml).
 */
const LOST: Readonly<Record<string, LostWords>> = {
  'num.26.1': {
    reference: 'Numbers 26:1',
    at: 'end',
    words:
      'ו/יאמר Hc/H559 יהוה H3068 אל H413 משה H4872 ו/אל Hc/H413 אלעזר H499 בן H1121 אהרן H175 ה/כהן Hd/H3548 ל/אמר Hl/H559',
  },
  '1-sam.20.42': {
    reference: '1 Samuel 20:42',
    at: 'start',
    words:
      'ו/יאמר Hc/H559 יהונתן H3083 ל/דוד Hl/H1732 לך H1980 ל/שלום Hl/H7965 אשר H834 נשבענו H7650 שני/נו H8147 ' +
      'אנחנו H587 ב/שם Hb/H8034 יהוה H3068 ל/אמר Hl/H559 יהוה H3068 יהיה H1961 בינ/י H996 ו/בינ/ך Hc/H996 ' +
      'ו/בין Hc/H996 זרע/י H2233 ו/בין Hc/H996 זרע/ך H2233 עד H5704 עולם H5769',
  },
  '1-chr.12.4': {
    reference: '1 Chronicles 12:4',
    at: 'start',
    words:
      'ו/ישמעיה Hc/H3460 ה/גבעוני Hd/H1393 גבור H1368 ב/שלשים Hb/H7970 ו/על Hc/H5921 ה/שלשים Hd/H7970',
  },
  'ps.51.1': {
    reference: 'Psalm 51:1',
    at: 'start',
    words: 'ל/מנצח Hl/H5329 מזמור H4210 ל/דוד Hl/H1732',
  },
  'ps.52.1': {
    reference: 'Psalm 52:1',
    at: 'start',
    words: 'ל/מנצח Hl/H5329 משכיל H4905 ל/דוד Hl/H1732',
  },
  'ps.54.1': {
    reference: 'Psalm 54:1',
    at: 'start',
    words: 'ל/מנצח Hl/H5329 ב/נגינת Hb/H5058 משכיל H4905 ל/דוד Hl/H1732',
  },
  'ps.60.1': {
    reference: 'Psalm 60:1',
    at: 'start',
    words:
      'ל/מנצח Hl/H5329 על H5921 שושן H7802 עדות H7802 מכתם H4387 ל/דוד Hl/H1732 ל/למד Hl/H3925',
  },
};

const REPEATED = 'neh.7.68';

/** Puts back the words that `index.js` lost, and drops those that it repeats. */
export class HebrewRepairs {
  readonly #repaired = new Map<string, number>();

  /** The words of a verse (`num.26.1`) as they stand in the Hebrew text. */
  repair(id: string, tokens: readonly HebrewToken[]): readonly HebrewToken[] {
    if (id === REPEATED) {
      this.#repaired.set(id, tokens.length);
      return [];
    }
    const lost = LOST[id];
    if (!lost) return tokens;
    const words = lost.words.split(' ');
    const put = words.flatMap((form, at): HebrewToken[] =>
      at % 2 === 0 ? [[form, words[at + 1] ?? '']] : [],
    );
    this.#repaired.set(id, put.length);
    return lost.at === 'start' ? [...put, ...tokens] : [...tokens, ...put];
  }

  report(repairs: RepairList): void {
    for (const [id, { reference, at }] of Object.entries(LOST)) {
      const words = at === 'start' ? 'first' : 'last';
      repairs.add(
        ruleOf(id),
        this.#repaired.get(id) ?? 0,
        `The ${words} Hebrew words of ${reference} are missing in index.js and are put back from the package's XML.`,
      );
    }
    repairs.add(
      ruleOf(REPEATED),
      this.#repaired.get(REPEATED) ?? 0,
      'Nehemiah 7:68 does not stand in the Hebrew text; index.js repeats the words of verse 69 there, and they are dropped.',
    );
  }
}

function ruleOf(id: string): string {
  return `hebrew-${id.replaceAll('.', '-')}`;
}
