import { countVerses, findBook, hasVerse, parseId } from '@gospelib/scripture';
import { formatVerseRange, parseVerseRange } from '../address/verse.range.ts';
import {
  libraryWords,
  missingWords,
  type PageWords,
  wordsOfPage,
  wordsOfPassage,
} from './page.words.ts';

/** What the server knows about a page. */
export type PageFacts = {
  readonly status: 200 | 404;
  /** The page's first requests to the API. */
  readonly preload: readonly string[];
  readonly words: PageWords;
};

const NOT_FOUND: PageFacts = { status: 404, preload: [], words: missingWords };
const API = '/api/v1';
const SINGLE_PAGES = new Set(['search', 'topics', 'notebook', 'collections', 'history']);
/** Pages of readers' own items; only their owner learns whether an id exists. */
const OWN_PAGES = new Set(['notebook', 'collections', 'shared']);
const ACCOUNT_PAGES = new Set(['sign-in', 'sign-up', 'forgot', 'confirm', 'reset', 'delete']);

/** Finds the page of an address. All pages share one shell, which shows a helpful page for an unknown address. */
export function describePage(path: string, query = new URLSearchParams()): PageFacts {
  const parts = path.split('/').filter(Boolean);
  const [first, second] = parts;
  const found = (...preload: readonly string[]): PageFacts => ({
    status: 200,
    preload,
    words: first === undefined ? libraryWords : wordsOfPage(parts, query.get('q')?.trim() ?? ''),
  });
  if (first === undefined) return found(`${API}/volumes`);
  if (parts.length === 1 && SINGLE_PAGES.has(first)) return found();
  if (parts.length <= 2 && first === 'account') {
    return second === undefined || ACCOUNT_PAGES.has(second) ? found() : NOT_FOUND;
  }
  if (parts.length === 1 && first === 'sources') return found(`${API}/corpus`);
  if (parts.length === 2 && OWN_PAGES.has(first)) return found();
  if (parts.length === 2 && second && ['word', 'name', 'topic', 'map'].includes(first)) {
    return found(...(first === 'word' ? [`${API}/words/${second}`] : []));
  }
  return describePassage(parts);
}

function describePassage([
  slug = '',
  chapterText,
  verseText,
  ...more
]: readonly string[]): PageFacts {
  const book = findBook(slug);
  if (!book || more.length > 0) return NOT_FOUND;
  if (chapterText === undefined) return passage(slug, `${API}/books/${slug}`);
  const chapter = /^[1-9]\d{0,2}$/.test(chapterText) ? Number(chapterText) : 0;
  if (countVerses(slug, chapter) === 0) return NOT_FOUND;
  const verses = parseVerseRange(verseText);
  if (verseText !== undefined && !(verses && hasVerse(slug, chapter, verses.first))) {
    return NOT_FOUND;
  }
  const text = `${API}/chapters/${slug}.${chapter}`;
  const last = Math.min(verses?.last ?? 0, countVerses(slug, chapter));
  const part = verses && `.${formatVerseRange({ ...verses, last: Math.max(verses.first, last) })}`;
  const opening = chapter === 1 ? [`${API}/books/${slug}`] : [];
  return passage(`${slug}.${chapter}${part ?? ''}`, text, ...opening);
}

/** @param id canonical */
function passage(id: string, ...preload: readonly string[]): PageFacts {
  const reference = parseId(id);
  const words = reference ? wordsOfPassage(reference) : missingWords;
  return { status: 200, preload, words };
}
