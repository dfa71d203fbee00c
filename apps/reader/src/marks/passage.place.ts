/** A passage's range within its book; a whole chapter extends from its title to Infinity. */
type Stretch = {
  readonly book: string;
  readonly from: readonly [chapter: number, verse: number];
  readonly to: readonly [chapter: number, verse: number];
};

/** Reads a canonical id: `alma`, `alma.32`, `alma.32.21`, `alma.32.21-23`, `matt.5.48..matt.6.1`. */
function stretchOf(id: string): Stretch {
  const [start = '', end] = id.split('..');
  const [book = '', chapter, verses] = start.split('.');
  const endless = Number.POSITIVE_INFINITY;
  if (chapter === undefined) return { book, from: [0, 0], to: [endless, endless] };
  const at = Number(chapter);
  if (verses === undefined) return { book, from: [at, 0], to: [at, endless] };
  const [first = '', last = first] = verses.split('-');
  const from = [at, Number(first)] as const;
  if (end === undefined) return { book, from, to: [at, Number(last)] };
  const [, toChapter = '', toVerse = ''] = end.split('.');
  return { book, from, to: [Number(toChapter), Number(toVerse)] };
}

/** Whether a passage overlaps a chapter. */
export function touchesChapter(passage: string, chapter: string): boolean {
  return versesWithin(passage, chapter) !== undefined;
}

/**
 * The verses of a chapter that a passage covers, inclusive.
 * @returns `last` is Infinity for "to the end"; undefined when it covers none
 */
export function versesWithin(
  passage: string,
  chapter: string,
): { readonly first: number; readonly last: number } | undefined {
  const { book, from, to } = stretchOf(passage);
  const [ofBook, number] = chapter.split('.');
  const at = Number(number);
  if (book !== ofBook || at < from[0] || at > to[0]) return undefined;
  return {
    first: at === from[0] ? from[1] : 0,
    last: at === to[0] ? to[1] : Number.POSITIVE_INFINITY,
  };
}
