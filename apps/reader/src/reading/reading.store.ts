import { session } from '../session/session.store.ts';
import { readStorage, writeStorage } from '../settings/storage.ts';

/** A place in the text: a chapter, and the verse at the top of the window; `at` in milliseconds since 1970. */
export type Place = {
  readonly id: string;
  readonly reference: string;
  readonly verse: number;
  readonly at?: number | undefined;
};

/** Each reader of a device has their own places. */
const keyNow = (): string => {
  const { account } = session.current;
  return account ? `gospelib.reading.${account.id}` : 'gospelib.reading';
};
const MAX_PLACES = 6;

/** Parses saved places; anything invalid is left out. */
export function parsePlaces(saved: string | null): readonly Place[] {
  try {
    const value: unknown = JSON.parse(saved ?? '[]');
    return Array.isArray(value) ? value.filter(isPlace).slice(0, MAX_PLACES) : [];
  } catch {
    return [];
  }
}

function isPlace(value: unknown): value is Place {
  const { id, reference, verse, at } = (value ?? {}) as Partial<Place>;
  return (
    typeof id === 'string' &&
    /^[0-9a-z-]{1,12}\.\d{1,3}$/.test(id) &&
    typeof reference === 'string' &&
    Number.isInteger(verse) &&
    (at === undefined || Number.isFinite(at))
  );
}

/** Adds a place at the front; each chapter is listed once. */
export function addPlace(places: readonly Place[], place: Place): readonly Place[] {
  return [place, ...places.filter(({ id }) => id !== place.id)].slice(0, MAX_PLACES);
}

/** How long a place may wait until it is written, ms: the text is scrolled many times a second. */
const REST = 400;
let unwritten: { readonly key: string; readonly place: Place } | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** The places read last, newest first. */
export function readPlaces(): readonly Place[] {
  const key = keyNow();
  const places = parsePlaces(readStorage(key));
  return unwritten?.key === key ? addPlace(places, unwritten.place) : places;
}

/** Remembers a place at once, and writes it to the device a little later. */
export function rememberPlace(place: Place): void {
  const key = keyNow();
  if (unwritten && unwritten.key !== key) writePlace();
  unwritten = { key, place: { ...place, at: Date.now() } };
  timer ??= setTimeout(writePlace, REST);
}

/** Writes the place that waits: for a page that is about to be left. */
export function writePlace(): void {
  clearTimeout(timer);
  timer = undefined;
  if (!unwritten) return;
  const { key, place } = unwritten;
  unwritten = undefined;
  writeStorage(key, JSON.stringify(addPlace(parsePlaces(readStorage(key)), place)));
}

/** @param chapter without it, all places are forgotten */
export function forgetPlaces(chapter?: string): void {
  writePlace();
  const left = chapter === undefined ? [] : readPlaces().filter(({ id }) => id !== chapter);
  writeStorage(keyNow(), JSON.stringify(left));
}
