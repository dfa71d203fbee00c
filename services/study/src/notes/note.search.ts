import { type NoteSearchResponse, studyId } from '@gospelib/contracts';
import { ProblemError } from '@gospelib/service-kit';
import { z } from 'zod';
import { type Conditions, markConditions, markQuery } from '../items/item.list.ts';
import { cutPage, readCursor } from '../paging/cursor.ts';
import type { StudyDatabase } from '../store/study.database.ts';

export const searchQuery = markQuery.omit({ passage: true }).extend({
  q: z
    .string()
    .max(200)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), 'is not text')
    .describe('Words in any form, or how they begin; "a phrase"; -word to leave out.'),
});

interface HitRow {
  id: string;
  version: string;
  passage: string | null;
  tags: string[];
  updated_at: Date;
  rank: string;
  snippet: string;
}

/** Marks the start of a match; no note contains control characters. */
const opening = '\u0001';
const closing = '\u0002';
const headline = `StartSel=${opening}, StopSel=${closing}, MaxFragments=2, MaxWords=18, MinWords=8, FragmentDelimiter=" … "`;
/** Snippets come from the first characters of a long note: using all of it would take as long as many other notes. */
const snippetFrom = 20_000;
const position = z.tuple([z.string().regex(/^\d+(\.\d+)?(e-\d{1,2})?$/), studyId]);

/** Full-text search in one reader's notes. */
export class NoteSearch {
  readonly #store: StudyDatabase;

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
    const rows = await this.#store.as(userId, 'note search', (queries) =>
      queries.query<HitRow>('note search', text, [userId, ...conditions.values]),
    );
    const page = cutPage(rows, limit, ({ rank, id }) => [rank, id]);
    return { query: q, ...page, items: page.items.map(readHit) };
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
    ), hits AS (
      SELECT id, version, passage, tags, updated_at, body, terms, ts_rank_cd(search, terms, 1) AS rank
      FROM notes, query WHERE user_id = $1 AND search @@ terms ${conditions.text}
    ), page AS (
      SELECT * FROM hits ${behind} ORDER BY rank DESC, id DESC LIMIT ${conditions.value(limit + 1)}
    )
    SELECT id, version, passage, tags, updated_at, rank::text AS rank,
      ts_headline('english', left(body, ${snippetFrom}), terms, '${headline}') AS snippet
    FROM page ORDER BY page.rank DESC, id DESC`;
}

/** Plain words also match as prefixes, all of them; a query with operators is used as it is. */
function beginningsOf(q: string): string {
  if (/["-]|\bor\b/i.test(q)) return '';
  const words = q.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.map((word) => `'${word}':*`).join(' & ');
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
