import { createHash } from 'node:crypto';
import type { CorpusSource } from '@gospelib/contracts';
import { chooseEdition, type EditionChoice, type EditionWish } from './edition.choice.ts';
import { describeSource, readPinned, type SourceTexts } from './package.files.ts';
import { type PinnedSource, packagePins } from './source.pins.ts';
import { describeModules } from './sword/sword.sources.ts';

/** Raised whenever the same sources would give other records or derived relations. */
const INGEST_VERSION = 4;

/**
 * The sources of a run. Texts are read and checked on demand: together they would take eighty megabytes for the whole
 * run.
 */
export interface SourceSet {
  read<Pin extends PinnedSource>(pin: Pin): SourceTexts<Pin>;
  choice: EditionChoice;
  sources: readonly CorpusSource[];
  /** A hash of the sources and of the ingest's own version, e.g. `3f9a0c1b2d4e-default`. */
  version: string;
}

export interface SourceOptions {
  /** A folder that holds the npm packages by name, instead of the installed ones. */
  packages?: string | undefined;
  /** A SWORD folder, instead of the system's. */
  sword?: string | undefined;
  edition: EditionWish;
}

/** Reads all packages, compares them with the examined hashes, and opens the modules. @throws SourceError */
export function readSources({ packages, sword, edition }: SourceOptions): SourceSet {
  const choice = chooseEdition(edition, sword);
  const sources = [
    ...packagePins.map((pin) => describeSource(pin, Object.values(pin.files))),
    ...(choice.modules ? describeModules(choice.modules) : []),
  ];
  const read = <Pin extends PinnedSource>(pin: Pin): SourceTexts<Pin> => readPinned(pin, packages);
  for (const pin of packagePins) read(pin);
  return { read, choice, sources, version: versionOf(choice.edition, sources) };
}

function versionOf(edition: 'default' | 'full', sources: readonly CorpusSource[]): string {
  const hash = createHash('sha256').update(`ingest ${INGEST_VERSION}\n${edition}\n`);
  for (const { id, sha256 } of sources) hash.update(`${id} ${sha256}\n`);
  return `${hash.digest('hex').slice(0, 12)}-${edition}`;
}
