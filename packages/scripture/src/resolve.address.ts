import { nameKey } from './book.lexicon.ts';
import { lookUpNamed } from './book.lookup.ts';
import { findBook } from './canon.ts';
import { parseId } from './reference.id.ts';
import { ReferenceFault } from './resolve.fault.ts';
import { tokenize } from './text.token.ts';
import { findTranslation } from './translation.ts';

/** A stretch of a text: itself, or an address in it. */
export interface Stretch {
  readonly typed: string;
  /** The reference as people would type it. */
  readonly reference: string;
  /** Why an address names no passage. */
  readonly fault?: ReferenceFault;
}

const ADDRESS =
  /(?:https?:\/\/|gospellibrary:\/\/|www\.|(?:[a-z0-9-]+\.)+(?:org|com|net|edu|app|bible|ly)\/)[^\s<>"“”]+/giu;
const MAY_HOLD_ADDRESS = /:\/\/|www\.|\.[a-z]{2,}\//i;
/** Where sites write what is looked up. */
const QUERIES = ['search', 'q', 'ref', 'passage', 'reference', 'verse'];
const CHURCH_PATH = /\/scriptures\/(.+)$/;
const NO_PASSAGE = 'This address names no passage of scripture.';

/** Splits a text into the addresses in it and what is between them. */
export function splitAddresses(text: string): Stretch[] {
  if (!MAY_HOLD_ADDRESS.test(text)) return [{ typed: text, reference: text }];
  const stretches: Stretch[] = [];
  let end = 0;
  const addBefore = (start: number): void => {
    const typed = text.slice(end, start);
    if (typed.trim()) stretches.push({ typed, reference: typed });
  };
  for (const { index, 0: address } of text.matchAll(ADDRESS)) {
    addBefore(index);
    end = index + address.length;
    const typed = address.replace(/[).,;\]]+$/, '');
    const reference = readAddress(typed);
    const fault = reference === undefined ? new ReferenceFault(NO_PASSAGE) : undefined;
    stretches.push({ typed, reference: reference ?? '', ...(fault && { fault }) });
  }
  addBefore(text.length);
  return stretches;
}

function readAddress(typed: string): string | undefined {
  const address = typed.includes('://') ? typed : `https://${typed}`;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const church = CHURCH_PATH.exec(url.pathname);
  const segments = (church?.[1] ?? url.pathname).split('/').map(decode).filter(Boolean);
  const verses = versesOf(url);
  if (segments[0] === 'jst') return `JST ${segments.slice(1).join(' ')}`;
  const reference =
    QUERIES.map((name) => url.searchParams.get(name)).find(looksPlaced) ??
    readPath(segments, verses);
  const version = url.searchParams.get('version') ?? segments.find((one) => isTranslation(one));
  return reference && version && isTranslation(version) ? `${reference} (${version})` : reference;
}

/** The verses of the church's addresses: `id=p21-p23#p21`, `#p21`, `#21`; undefined when they name none. */
function versesOf({ searchParams, hash }: URL): string | undefined {
  const marked = searchParams.get('id') ?? hash.slice(1);
  return /^p?\d{1,3}(?:[-,]p?\d{1,3})*$/.test(marked) ? marked.replaceAll('p', '') : undefined;
}

/** "/alma/32/21", "/kjv/jhn/3/16", "/bofm/alma/32.21-23", "/john/3-16.htm", "/JHN.3.16.KJV", "/John+3:16". */
function readPath(segments: readonly string[], verses: string | undefined): string | undefined {
  for (const [at, segment] of segments.entries()) {
    const name = segment.replaceAll(/[_+]/g, ' ');
    if (isBook(name)) {
      const [chapter = '', verse] = segments.slice(at + 1);
      const place = readPlace(chapter, verse, verses);
      if (place !== undefined) return `${name} ${place}`;
    }
    const whole = name.replace(/\.([a-z]+)$/i, (end, last) => (isTranslation(last) ? '' : end));
    if (looksPlaced(whole)) return whole;
  }
  return undefined;
}

function readPlace(
  segment: string,
  next: string | undefined,
  marked: string | undefined,
): string | undefined {
  const [, chapter, own] =
    /^(\d{1,3})(?:[.:-](\d{1,3}(?:[-–,]\d{1,3})*))?(?:\.html?)?$/.exec(segment) ?? [];
  if (chapter === undefined) return undefined;
  const verses = own ?? (next && /^\d{1,3}(?:-\d{1,3})?$/.test(next) ? next : marked);
  return verses ? `${chapter}:${verses}` : chapter;
}

function isBook(name: string): boolean {
  if (findBook(name)) return true;
  const words = tokenize(name).filter(({ kind }) => kind !== 'mark');
  return lookUpNamed(nameKey(words.map(({ text }) => text))).length > 0 || name === 'od';
}

/** Whether a text is a book with a number behind it. */
function looksPlaced(text: string | null): text is string {
  if (text === null || text.length > 60) return false;
  if (parseId(text)?.kind === 'verse') return true;
  const name = /^\s*((?:[1-4]|i{1,3}v?)?[\s.+_-]*\p{L}[\p{L}\s.&'’+_-]*?)[\s.+_]*\d/iu.exec(
    text,
  )?.[1];
  return name !== undefined && isBook(name.replaceAll(/[_+.]/g, ' '));
}

function isTranslation(text: string): boolean {
  return findTranslation(text.toLowerCase()) !== undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
