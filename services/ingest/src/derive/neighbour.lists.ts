/**
 * Distinct neighbours of each verse, ascending, in two flat arrays: a Map of Sets would take fifty times the memory.
 */
export class Neighbours {
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  readonly #targets: Uint16Array;
  readonly #places: Uint32Array;

  /** Edges lead from `from[i][j]` to `to[i][j]`. */
  constructor(verses: number, from: readonly Uint16Array[], to: readonly Uint16Array[]) {
    const starts = new Uint32Array(verses + 1);
    for (const list of from)
      for (const verse of list) starts[verse + 1] = at(starts, verse + 1) + 1;
    for (let verse = 0; verse < verses; verse++) {
      starts[verse + 1] = at(starts, verse + 1) + at(starts, verse);
    }
    const next = starts.slice();
    const targets = new Uint16Array(at(starts, verses));
    const places = new Uint32Array(targets.length);
    from.forEach((list, which) => {
      const ends = to[which] ?? list;
      list.forEach((verse, place) => {
        const slot = at(next, verse);
        next[verse] = slot + 1;
        targets[slot] = at(ends, place);
        places[slot] = place;
      });
    });
    this.#places = places.slice();
    this.#starts = starts;
    this.#ends = new Uint32Array(verses);
    this.#targets = targets;
    for (let verse = 0; verse < verses; verse++) this.#ends[verse] = this.#sortDistinct(verse);
  }

  of(verse: number): Uint16Array {
    return this.#targets.subarray(at(this.#starts, verse), at(this.#ends, verse));
  }

  /** Indices of the edges of a verse in the lists that they came from, in that order; for lists without duplicates. */
  groupPlaces(): { of(verse: number): Uint32Array } {
    return {
      of: (verse) => this.#places.subarray(at(this.#starts, verse), at(this.#starts, verse + 1)),
    };
  }

  #sortDistinct(verse: number): number {
    const start = at(this.#starts, verse);
    const own = this.#targets.subarray(start, at(this.#starts, verse + 1)).sort();
    let length = 0;
    for (const target of own) {
      if (length === 0 || own[length - 1] !== target) own[length++] = target;
    }
    return start + length;
  }
}

function at(list: Uint16Array | Uint32Array, index: number): number {
  return list[index] as number;
}
