/** Names of the graph's parts, as a reader calls them. */
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

/** The name of a count: "Cross-references"; an unknown kind is named after itself: "Words". */
export function nameOfCount(kind: string): string {
  return Object.hasOwn(NAMES, kind) ? (NAMES[kind] ?? kind) : `${wordsOf(kind)}s`;
}

/** `CROSS_REF` and `cross-reference ranking` in words. */
export function wordsOf(name: string): string {
  const words = name.replaceAll('_', ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
