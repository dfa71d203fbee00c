import { findNames } from '../derive/name.mentions.ts';
import { rankReferences } from '../derive/reference.ranking.ts';
import { findQuotations } from '../derive/verse.quotations.ts';
import { findDerivations } from '../derive/word.derivation.ts';
import type { StageRecorder } from '../report/stage.recorder.ts';
import { readCrossReferences } from '../sources/crossref.source.ts';
import { readHebrewUses } from '../sources/morphhb.source.ts';
import { readScriptures } from '../sources/scriptures.source.ts';
import {
  crossrefPin,
  greekPin,
  hebrewPin,
  morphhbPin,
  scripturesPin,
} from '../sources/source.pins.ts';
import type { SourceSet } from '../sources/source.set.ts';
import { readGreekWords } from '../sources/strongs-greek.source.ts';
import { readHebrewWords } from '../sources/strongs-hebrew.source.ts';
import type { Corpus } from './corpus.ts';
import type { RepairList } from './repair.list.ts';
import { readStudyAids } from './study.aids.ts';

/** Sources → records → derived relations. @throws SourceError for the first bad record */
export async function buildCorpus(
  sources: SourceSet,
  repairs: RepairList,
  recorder: StageRecorder,
): Promise<Corpus> {
  const scriptures = await recorder.run(
    'scriptures',
    () => readScriptures(sources.read(scripturesPin), repairs),
    ({ passages }) => ({ records: passages.length }),
  );
  const hebrew = await recorder.run(
    'strongs-hebrew',
    () => readHebrewWords(sources.read(hebrewPin), repairs),
    ({ length }) => ({ records: length }),
  );
  const greek = await recorder.run(
    'strongs-greek',
    () => readGreekWords(sources.read(greekPin), repairs),
    ({ length }) => ({ records: length }),
  );
  const { uses: hebrewUses } = await recorder.run(
    'morphhb',
    () => readHebrewUses(sources.read(morphhbPin), repairs),
    ({ tokens, uses }) => ({ records: tokens, edges: uses.length }),
  );
  const { references } = await recorder.run(
    'crossref',
    () => readCrossReferences(sources.read(crossrefPin), repairs),
    ({ references, rejected }) => ({
      records: references.from.length + rejected,
      edges: references.from.length,
      rejects: rejected,
    }),
  );
  const words = [...hebrew, ...greek];
  const { modules } = sources.choice;
  const aids = modules && (await readStudyAids(modules, words, repairs, recorder));
  // Those of the Old Testament, then those of the New.
  const uses = [...hebrewUses, ...(aids?.greekUses ?? [])];
  const { passages, books } = scriptures;
  const texts = passages.map(({ text }) => text);
  const ranking = await recorder.run('ranking', () => rankReferences(references, passages.length));
  const firstLater = passages.findIndex(({ book }) => isLater(books, book));
  const quotations = await recorder.run(
    'quotations',
    () => findQuotations(texts, firstLater),
    ({ length }) => ({ edges: length }),
  );
  const derivations = await recorder.run(
    'derivations',
    () => findDerivations(words),
    ({ length }) => ({ edges: length }),
  );
  const { names, mentions } = await recorder.run(
    'names',
    () => findNames(words, hebrewUses, texts),
    ({ names, mentions }) => ({ records: names.length, edges: mentions.length }),
  );
  return {
    scriptures,
    words,
    derivations,
    uses,
    references,
    ranking,
    quotations,
    names,
    mentions,
    topics: aids?.topics ?? [],
    comments: aids?.comments ?? [],
  };
}

/** Whether a book is of the scriptures after the Bible. */
function isLater(books: readonly { slug: string; volume: string }[], slug: string): boolean {
  const volume = books.find((book) => book.slug === slug)?.volume;
  return volume !== 'ot' && volume !== 'nt';
}
