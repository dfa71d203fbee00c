import type { WordResponse } from '@gospelib/contracts';
import type { GraphReader } from '@gospelib/graph';
import { z } from 'zod';
import { number, optionalText, text } from '../graph/row.read.ts';
import { splitForms } from './words.forms.ts';
import type { IndexedWord } from './words.index.ts';

/** Words in one page; for the size see the one for verses. */
const PAGE = 2000;

/** Every word, Hebrew before Greek, in dictionary order. */
export async function readAllWords(graph: GraphReader): Promise<IndexedWord[]> {
  const words: IndexedWord[] = [];
  for (let full = true; full; ) {
    const page = await graph.query(
      'words',
      `MATCH (w:Word)
       RETURN w.id AS strongs, w.language AS language, w.lemma AS lemma, w.gloss AS gloss,
         w.transliteration AS transliteration, w.key AS key, w.translitKey AS translitKey,
         w.verses AS verses
       ORDER BY w.language DESC, w.order SKIP $skip LIMIT $limit`,
      { skip: words.length, limit: PAGE },
      (row): IndexedWord => ({
        summary: {
          strongs: text(row, 'strongs'),
          language: text(row, 'language') === 'greek' ? 'greek' : 'hebrew',
          lemma: text(row, 'lemma'),
          ...optionalText(row, 'transliteration'),
          gloss: text(row, 'gloss'),
        },
        verses: number(row, 'verses'),
        key: text(row, 'key'),
        translitKey: optionalText(row, 'translitKey').translitKey ?? '',
      }),
    );
    words.push(...page);
    full = page.length === PAGE;
  }
  return words;
}

/** What a word's page has in addition to its summary. */
export type WordEntry = Pick<
  WordResponse,
  'pronunciation' | 'partOfSpeech' | 'definition' | 'usage' | 'derivation' | 'forms'
>;

const storedForms = z.array(z.tuple([z.string(), z.int().positive()]));

export async function findWordEntry(
  graph: GraphReader,
  strongs: string,
): Promise<WordEntry | undefined> {
  const [entry] = await graph.query(
    'word',
    `MATCH (w:Word {id: $strongs})
     RETURN w.pronunciation AS pronunciation, w.partOfSpeech AS partOfSpeech,
       w.definition AS definition, w.usage AS usage, w.derivation AS derivation, w.forms AS forms`,
    { strongs },
    (row): WordEntry => ({
      ...optionalText(row, 'pronunciation'),
      ...optionalText(row, 'partOfSpeech'),
      definition: text(row, 'definition'),
      ...optionalText(row, 'usage'),
      ...optionalText(row, 'derivation'),
      forms: storedForms
        .parse(JSON.parse(optionalText(row, 'forms').forms ?? '[]'))
        .map(([form, count]) => ({ form, count })),
    }),
  );
  return entry;
}

/** Strong's numbers of the words that a word comes from. */
export function readRoots(graph: GraphReader, strongs: string): Promise<string[]> {
  return graph.query(
    'word-roots',
    'MATCH (:Word {id: $strongs})-[:DERIVED_FROM]->(w:Word) RETURN w.id AS id ORDER BY w.order',
    { strongs },
    (row) => text(row, 'id'),
  );
}

/** Strong's numbers of the words that come from a word. */
export function readDerivatives(
  graph: GraphReader,
  strongs: string,
  limit: number,
): Promise<string[]> {
  return graph.query(
    'word-derivatives',
    `MATCH (:Word {id: $strongs})<-[:DERIVED_FROM]-(w:Word)
     RETURN w.id AS id ORDER BY w.language DESC, w.order LIMIT $limit`,
    { strongs, limit },
    (row) => text(row, 'id'),
  );
}

/** How many verses of each book use a word. */
export function countUsesByBook(
  graph: GraphReader,
  strongs: string,
): Promise<{ slug: string; count: number }[]> {
  return graph.query(
    'word-books',
    `MATCH (:Word {id: $strongs})<-[:USES_WORD]-(p:Passage)
     RETURN p.book AS slug, count(p) AS count`,
    { strongs },
    (row) => ({ slug: text(row, 'slug'), count: number(row, 'count') }),
  );
}

/** One page of the verses that use a word, in canonical order. */
export function readConcordance(
  graph: GraphReader,
  strongs: string,
  skip: number,
  limit: number,
): Promise<{ id: string; forms: string[] }[]> {
  return graph.query(
    'concordance',
    `MATCH (:Word {id: $strongs})<-[r:USES_WORD]-(p:Passage)
     RETURN p.id AS id, r.forms AS forms ORDER BY p.order SKIP $skip LIMIT $limit`,
    { strongs, skip, limit },
    (row) => ({
      id: text(row, 'id'),
      forms: splitForms(text(row, 'forms')),
    }),
  );
}
