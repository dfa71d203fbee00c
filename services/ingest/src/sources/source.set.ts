import { createHash } from 'node:crypto';
import type { CorpusSource } from '@gospelib/contracts';
import { describeSource, readPinned, type SourceTexts } from './package.files.ts';
import {
  crossrefPin,
  greekPin,
  hebrewPin,
  morphhbPin,
  packagePins,
  scripturesPin,
} from './source.pins.ts';

/** Raised whenever the records or what is derived from them would come out differently from the same sources. */
const INGEST_VERSION = 1;

/** The verified sources of a run. */
export interface SourceSet {
  scriptures: SourceTexts<typeof scripturesPin>;
  hebrew: SourceTexts<typeof hebrewPin>;
  greek: SourceTexts<typeof greekPin>;
  morphhb: SourceTexts<typeof morphhbPin>;
  crossref: SourceTexts<typeof crossrefPin>;
  sources: readonly CorpusSource[];
}

/** Reads all packages and compares them with what was examined. @throws SourceError */
export function readSources(directory: string | undefined): SourceSet {
  return {
    scriptures: readPinned(scripturesPin, directory),
    hebrew: readPinned(hebrewPin, directory),
    greek: readPinned(greekPin, directory),
    morphhb: readPinned(morphhbPin, directory),
    crossref: readPinned(crossrefPin, directory),
    sources: packagePins.map((pin) => describeSource(pin, Object.values(pin.files))),
  };
}

/** The version of a corpus: a hash of its sources and of the ingest's own version, e.g. `3f9a0c1b2d4e-default`. */
export function corpusVersion(
  edition: 'default' | 'full',
  sources: readonly CorpusSource[],
): string {
  const hash = createHash('sha256').update(`ingest ${INGEST_VERSION}\n${edition}\n`);
  for (const { id, sha256 } of sources) hash.update(`${id} ${sha256}\n`);
  return `${hash.digest('hex').slice(0, 12)}-${edition}`;
}
