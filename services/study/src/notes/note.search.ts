import { type NoteSearchResponse, studyId } from '@gospelib/contracts';
import { ProblemError, Slots } from '@gospelib/service-kit';
import { z } from 'zod';
import { type Conditions, markConditions, markQuery } from '../items/item.list.ts';
import { cutPage, readCursor } from '../paging/cursor.ts';
import type { StudyDatabase } from '../store/study.database.ts';

export const searchQuery = markQuery.omit({ passage: true }).extend({
  q: z
    .string()
    .max(200)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), 'is not text')
    .describe(
      'Words in any form, or how they begin, from three letters on; "a phrase"; -word to leave out.',
    ),
});

interface HitRow {
  id: string;
  version: string;
  passage: string | null;
  tags: string[];
  updated_at: Date;
  rank: string;
  snippet: string;
  truncated: boolean;
}

/** Marks the start of a match; no note contains control characters. */
const opening = '\u0001';
const closing = '\u0002';
const headline = `StartSel=${opening}, StopSel=${closing}, MaxFragments=2, MaxWords=18, MinWords=8, FragmentDelimiter=" … "`;
/** Snippets come from the first characters of a long note: using all of it would take as long as many other notes. */
const snippetFrom = 20_000;
/** The most notes that are ranked; further ones, changed longer ago, are left out. */
const mostRanked = 1000;
/** Shorter words only match whole ones: nearly every note has words that begin with a letter. */
const shortestBeginning = 3;
/** One user searches once at a time, and two users do: a search keeps a core of PostgreSQL busy. */
const searching = {
  ...{ perUser: 1, atOnce: 2, waiting: 8, patienceMs: 5_000 },
  rest: { afterMs: 50, times: 4 },
};
const position = z.tuple([z.string().regex(/^\d+(\.\d+)?(e-\d{1,2})?$/), studyId]);

/** Full-text search in one reader's notes. */
export class NoteSearch {
  readonly #store: StudyDatabase;
  readonly #slots = new Slots('searches', searching);

  constructor(store: StudyDatabase) {
    this.#store = store;
  }

  /** Best match first. @throws ProblemError invalid-input, bad-cursor */
  async find(userId: string, query: z.output<typeof searchQuery>): Promise<NoteSearchResponse> {
    const { q, cursor, limit } = query;
    if (!/[\p{L}\p{N}]/u.test(q)) {
      throw new ProblemError('invalid-input', 'Type a word to look for.', {
        errors: [{ path: 'query.q', message: 'has no word' }],
      });
    }
    const conditions = markConditions(query);
    const text = statement(conditions, q, readCursor(cursor, position), limit);
    const rows = await this.#slots.run(userId, () =>
      this.#store.read(userId, 'note search', (queries) =>
        queries.query<HitRow>('note search', text, [userId, ...conditions.values]),
      ),
    );
    const page = cutPage(rows, limit, ({ rank, id }) => [rank, id]);
    return {
      query: q,
      ...page,
      items: page.items.map(readHit),
      ...(rows[0]?.truncated && { truncated: true }),
    };
  }
}

function statement(
  conditions: Conditions,
  q: string,
  after: [string, string] | undefined,
  limit: number,
): string {
  const [words, beginnings] = [conditions.value(q), conditions.value(beginningsOf(q))];
  const behind = after
    ? `WHERE (rank, id) < (${conditions.value(after[0])}::real, ${conditions.value(after[1])}::uuid)`
    : '';
  return `
    WITH query AS MATERIALIZED (
      SELECT websearch_to_tsquery('english', ${words}) || to_tsquery('simple', ${beginnings}) AS terms
    ), found AS MATERIALIZED (
      SELECT id, version, passage, tags, updated_at, body, search, terms
      FROM notes, query WHERE user_id = $1 AND search @@ terms ${conditions.text}
      ORDER BY updated_at DESC, id DESC LIMIT ${mostRanked + 1}
    ), hits AS (
      SELECT *, ts_rank(search, terms, 1) AS rank
      FROM (SELECT * FROM found LIMIT ${mostRanked}) AS newest
    ), page AS (
      SELECT * FROM hits ${behind} ORDER BY rank DESC, id DESC LIMIT ${conditions.value(limit + 1)}
    )
    SELECT id, version, passage, tags, updated_at, rank::text AS rank,
      (SELECT count(*) FROM found) > ${mostRanked} AS truncated,
      ts_headline('english', left(body, ${snippetFrom}), terms, '${headline}') AS snippet
    FROM page ORDER BY page.rank DESC, id DESC`;
}

/** Plain words also match as beginnings of words, all of them; a query with operators is used as it is. */
export function beginningsOf(q: string): string {
  if (/["-]|\bor\b/i.test(q)) return '';
  const words = q.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words
    .map((word) => (word.length < shortestBeginning ? `'${word}'` : `'${word}':*`))
    .join(' & ');
}

function readHit({ id, version, passage, tags, updated_at, snippet }: HitRow) {
  return {
    id,
    version: Number(version),
    ...(passage !== null && { passage }),
    tags,
    updatedAt: updated_at.toISOString(),
    snippet: cutSnippet(snippet),
  };
}

/** Splits "a ␁hit␂ b" into its pieces. */
export function cutSnippet(text: string): { text: string; hit: boolean }[] {
  return text
    .split(opening)
    .flatMap((piece, index) => {
      const [hit = '', rest = ''] = index === 0 ? ['', piece] : piece.split(closing);
      return [
        { text: hit, hit: true },
        { text: rest, hit: false },
      ];
    })
    .filter((piece) => piece.text !== '');
}
