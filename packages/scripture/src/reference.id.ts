import { findBook, hasVerse } from './canon.ts';
import type { Reference } from './reference.ts';

/** The longest ids are like `1-thes.3.13..1-thes.4.18`; longer text is not parsed. */
const MAX_LENGTH = 40;
const PATTERN =
  /^([0-9a-z-]+)(?:\.([1-9]\d{0,2})(?:\.(0|[1-9]\d{0,2})(?:-([1-9]\d{0,2})|\.\.([0-9a-z-]+)\.([1-9]\d{0,2})\.([1-9]\d{0,2}))?)?)?$/;

/**
 * Parses a canonical id: `alma`, `alma.32`, `alma.32.21`, `alma.32.21-23`, `matt.5.48..matt.6.1`; `ps.3.0` is a title.
 * Undefined for anything else, for places that the canon does not have, and for a second spelling of the same place,
 * so that `formatId(parseId(id)) === id` always holds.
 */
export function parseId(id: string): Reference | undefined {
  if (id.length > MAX_LENGTH) return undefined;
  const match = PATTERN.exec(id);
  const book = findBook(match?.[1] ?? '');
  if (!match || !book) return undefined;
  const [, slug, chapterText, verseText, lastText, endSlug, endChapterText, endVerseText] = match;
  if (slug === undefined) return undefined;
  if (chapterText === undefined) return { kind: 'book', book: slug };

  const chapter = Number(chapterText);
  if (chapter > book.chapters) return undefined;
  if (verseText === undefined) return { kind: 'chapter', book: slug, chapter };

  const verse = Number(verseText);
  if (!hasVerse(slug, chapter, verse)) return undefined;
  if (lastText === undefined && endSlug === undefined)
    return { kind: 'verse', book: slug, chapter, verse };

  const to = {
    chapter: Number(endChapterText ?? chapter),
    verse: Number(endVerseText ?? lastText),
  };
  const forward =
    endSlug === undefined ? to.verse > verse : endSlug === slug && to.chapter > chapter;
  if (verse === 0 || !forward || !hasVerse(slug, to.chapter, to.verse)) return undefined;
  return { kind: 'range', book: slug, from: { chapter, verse }, to };
}

/** The canonical id of a reference; the inverse of `parseId`. */
export function formatId(reference: Reference): string {
  const { book } = reference;
  if (reference.kind === 'book') return book;
  if (reference.kind === 'chapter') return `${book}.${reference.chapter}`;
  if (reference.kind === 'verse') return `${book}.${reference.chapter}.${reference.verse}`;
  const { from, to } = reference;
  const start = `${book}.${from.chapter}.${from.verse}`;
  return from.chapter === to.chapter
    ? `${start}-${to.verse}`
    : `${start}..${book}.${to.chapter}.${to.verse}`;
}
