/** What the graph calls its parts, as a reader calls them. */
const NAMES: Readonly<Record<string, string>> = {
  Passage: 'Verses',
  HAS_BOOK: 'Books in volumes',
  HAS_CHAPTER: 'Chapters in books',
  HAS_VERSE: 'Verses in chapters',
  NEXT: 'Verses after verses',
  CROSS_REF: 'Cross-references',
  USES_WORD: 'Words in verses',
  DERIVED_FROM: 'Words from words',
  QUOTES: 'Quotations',
  MENTIONS: 'Names in verses',
  ABOUT: 'Passages on topics',
  SEE_ALSO: 'Topics to topics',
  COMMENTS_ON: 'Comments on verses',
  Commentary: 'Comments',
};

/** The reader's name of a count: "Cross-references"; a kind it does not know is named after itself: "Words". */
export function nameOfCount(kind: string): string {
  return Object.hasOwn(NAMES, kind) ? (NAMES[kind] ?? kind) : `${wordsOf(kind)}s`;
}

/** `CROSS_REF` and `cross-reference ranking` as one reads them. */
export function wordsOf(name: string): string {
  const words = name.replaceAll('_', ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
