import { formatId, type Reference, resolveReference } from '@gospelib/scripture';
import { type Place, placeOf } from '../places/place.ts';

/** A reference found in a text, and the passage that it names, in the form in which it is stored. */
export interface FoundMention extends Place {
  /** Offset in the text, UTF-16 units. */
  start: number;
  end: number;
  /** Canonical id. */
  passage: string;
}

/** The most mentions found in one note. */
const mostMentions = 200;
/** The most attempts to parse a reference: limits the time that a hostile text can take. */
const mostAttempts = 400;
/** The most words that a name may have; "The Words of Mormon" and "A of F" have fewer. */
const mostWords = 5;
const longestName = 60;

/**
 * "32", "32:21", "32.21-23", "5:48–6:1", "16ff", but not part of a longer number, a fraction or a time with seconds.
 */
const places =
  /(?<!\d[:.,/]?)\d{1,3}(?:[:.]\d{1,3})?(?:[-–—]\d{1,3}(?::\d{1,3})?|ff?\b)?(?![\d/%]|[:.]\d)/gu;
/** A further place in the same book: "; 33:4", ",23", "and 25-27"; but not the 1 of "1 Nephi". */
const furtherPlace =
  /(?:\s?[,;]\s?|\s(?:and|&)\s)(\d{1,3}(?::\d{1,3})?(?:[-–—]\d{1,3}(?::\d{1,3})?)?)(?![\d/%]|[:.]\d|\s?\p{Lu})/uy;
const lastWord = /[\p{L}&][\p{L}\p{M}&'’.—-]*[ \t\u00a0]*$/u;
const ordinalBefore =
  /(?<![\p{L}\p{M}\d.:])(?:[1-4](?:st|nd|rd|th)?|I{1,3}|IV|First|Second|Third|Fourth)[ .\u00a0]*$/u;
/** Last words of names with several words: "Words of Mormon", "A of F", "Alma chapter". Other words are tried alone. */
const endsName =
  /(?:^|[—–-])(?:song|songs|solomon|mormon|covenants|c|faith|f|history|h|matthew|m|apostles|chapter|chap|ch|section|sec)\.?\s*$/iu;
/** Words before a name that are not part of it. */
const introduction = /^(?:see|also|cf|compare|and|the|of|in|to|from)\b/iu;
/** Names that are also words: before a bare number they count as words. */
const alsoWord = /^(?:is|am|so|he|me)\.?\s*\d+$/iu;
const hasVerse = /\d[:.]\d/;

/**
 * Finds the references in a note's text, in order and without overlaps: "see 1 Ne. 3:7; 4:6 and D&C 76".
 * Ambiguous references and those outside the canon do not count. A lone chapter counts only after a capital: "Acts 2",
 * not "acts 2".
 */
export function findMentions(text: string): FoundMention[] {
  const found: FoundMention[] = [];
  let attempts = 0;
  const resolve = (candidate: string): readonly Reference[] => {
    attempts += 1;
    const resolution = resolveReference(candidate);
    const whole = resolution.status === 'found' && resolution.unresolved.length === 0;
    return whole ? resolution.references : [];
  };
  let taken = 0;
  for (const { index: at, 0: place } of text.matchAll(places)) {
    if (found.length >= mostMentions || attempts >= mostAttempts) break;
    if (at < taken) continue;
    let end = at + place.length;
    for (const start of nameStarts(text, taken, at)) {
      const candidate = text.slice(start, end);
      if (!mayBeReference(candidate)) continue;
      const [reference, second] = resolve(candidate);
      if (!reference || second) continue;
      found.push(mention(start, end, reference));
      end = takeFurther(text, { start, end }, resolve, found);
      taken = end;
      break;
    }
  }
  return found.slice(0, mostMentions);
}

/** Possible starts of the name before a place, longest first; never before `from`. */
function nameStarts(text: string, from: number, at: number): number[] {
  const base = Math.max(from, at - longestName);
  let before = text.slice(base, at);
  const starts: number[] = [];
  let most = mostWords;
  while (starts.length < most) {
    const word = lastWord.exec(before);
    if (!word) break;
    if (starts.length === 0 && !endsName.test(word[0])) most = 1;
    before = before.slice(0, word.index);
    starts.unshift(base + word.index);
    const ordinal = ordinalBefore.exec(before);
    if (ordinal) starts.unshift(base + ordinal.index);
  }
  return starts;
}

function mayBeReference(candidate: string): boolean {
  if (introduction.test(candidate) || alsoWord.test(candidate)) return false;
  return hasVerse.test(candidate) || /^[\p{Lu}\d]/u.test(candidate);
}

/** Adds the further places in the same book. @returns where they end */
function takeFurther(
  text: string,
  { start, end }: { start: number; end: number },
  resolve: (candidate: string) => readonly Reference[],
  found: FoundMention[],
): number {
  let last = end;
  for (let known = 1; found.length < mostMentions; known += 1) {
    furtherPlace.lastIndex = last;
    const [whole, place] = furtherPlace.exec(text) ?? [];
    if (whole === undefined || place === undefined) break;
    const next = last + whole.length;
    const references = resolve(text.slice(start, next));
    const reference = references.at(-1);
    if (!reference || references.length !== known + 1) break;
    found.push(mention(next - place.length, next, reference));
    last = next;
  }
  return last;
}

function mention(start: number, end: number, reference: Reference): FoundMention {
  return { start, end, passage: formatId(reference), ...placeOf(reference) };
}
