import type { Passage } from '@gospelib/contracts';
import { formatReference, parseId } from '@gospelib/scripture';

/** A verse as the graph has it. */
export interface IndexedVerse {
  readonly id: string;
  readonly book: string;
  readonly text: string;
}

/** Every verse of a corpus in canonical order: the number of a verse is its place, from 0. */
export class PassageIndex {
  readonly #ids: readonly string[];
  readonly #texts: readonly string[];
  readonly #places: ReadonlyMap<string, number>;
  /** The book of each verse, as its place in the book index. */
  readonly books: Uint16Array;

  constructor(verses: readonly IndexedVerse[], bookPlaces: ReadonlyMap<string, number>) {
    this.#ids = verses.map(({ id }) => id);
    this.#texts = verses.map(({ text }) => text);
    this.#places = new Map(this.#ids.map((id, place) => [id, place]));
    this.books = Uint16Array.from(verses, ({ id, book }) => {
      const place = bookPlaces.get(book);
      if (place === undefined) throw new RangeError(`The verse ${id} is of an unknown book.`);
      return place;
    });
  }

  get texts(): readonly string[] {
    return this.#texts;
  }

  /** The place of a verse; undefined when the corpus does not have it. */
  placeOf(id: string): number | undefined {
    return this.#places.get(id);
  }

  /** The verse at a place. @throws RangeError outside of the index */
  at(place: number): Passage {
    const id = this.#ids[place];
    const text = this.#texts[place];
    if (id === undefined || text === undefined) throw new RangeError(`There is no verse ${place}.`);
    return { id, reference: referenceOf(id), text };
  }

  /** @throws RangeError for an id that the corpus does not have */
  get(id: string): Passage {
    return this.at(this.#places.get(id) ?? -1);
  }
}

/** The reference of a canonical id as people write it; the id itself when the canon does not have it. */
export function referenceOf(id: string): string {
  const reference = parseId(id);
  return reference ? formatReference(reference) : id;
}
