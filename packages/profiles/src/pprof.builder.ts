import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import {
  Function as Fn,
  Line,
  Location,
  Profile,
  Sample,
  StringTable,
  ValueType,
} from 'pprof-format';
import type { SourcePlace } from './source.lines.ts';

const compress = promisify(gzip);

export interface Kind {
  type: string;
  unit: string;
}

/** Gathers stacks into the format of pprof: https://github.com/google/pprof/blob/main/proto/profile.proto */
export class PprofBuilder {
  readonly #strings = new StringTable();
  readonly #functions = new Map<string, Fn>();
  readonly #locations = new Map<string, Location>();
  readonly #samples: Sample[] = [];

  /** @param startLine of the function @param line where it was, if that is known */
  location(name: string, place: SourcePlace, line = place.line): number {
    const key = `${name}\0${place.file}\0${place.line}\0${line}`;
    let location = this.#locations.get(key);
    if (location === undefined) {
      const functionId = this.#function(name, place);
      location = new Location({
        id: this.#locations.size + 1,
        line: [new Line({ functionId, line })],
      });
      this.#locations.set(key, location);
    }
    return Number(location.id);
  }

  /** @param stack of locations, the innermost first @param values one for each kind */
  add(stack: readonly number[], values: readonly number[]): void {
    this.#samples.push(new Sample({ locationId: [...stack], value: [...values] }));
  }

  /** gzipped, as pprof's tools expect it */
  async encode(
    kinds: readonly Kind[],
    period: Kind & { value: number },
    durationSeconds: number,
  ): Promise<Buffer> {
    const typeOf = ({ type, unit }: Kind) =>
      new ValueType({ type: this.#strings.dedup(type), unit: this.#strings.dedup(unit) });
    const profile = new Profile({
      sampleType: kinds.map(typeOf),
      sample: this.#samples,
      location: [...this.#locations.values()],
      function: [...this.#functions.values()],
      periodType: typeOf(period),
      period: period.value,
      timeNanos: BigInt(Math.round((Date.now() - durationSeconds * 1000) * 1e6)),
      durationNanos: BigInt(Math.round(durationSeconds * 1e9)),
      stringTable: this.#strings,
    });
    return compress(profile.encode());
  }

  #function(name: string, { file, line }: SourcePlace): number {
    const key = `${name}\0${file}\0${line}`;
    let found = this.#functions.get(key);
    if (found === undefined) {
      found = new Fn({
        id: this.#functions.size + 1,
        name: this.#strings.dedup(name),
        systemName: this.#strings.dedup(name),
        filename: this.#strings.dedup(file),
        startLine: line,
      });
      this.#functions.set(key, found);
    }
    return Number(found.id);
  }
}
