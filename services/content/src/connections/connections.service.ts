import { type ConnectionKind, type ConnectionsResponse, connectionKind } from '@gospelib/contracts';
import { expandReference, formatReference, parseId } from '@gospelib/scripture';
import { ProblemError } from '@gospelib/service-kit';
import { decodeCursor, pageOf } from '../answer/cursor.ts';
import type { Corpus } from '../corpus/corpus.ts';
import { referenceOf } from '../passages/passages.index.ts';
import { describeConnection } from './connections.kinds.ts';
import { mergeRows } from './connections.merge.ts';
import { readConnectionRows } from './connections.repository.ts';

/** Verses of one answer: no chapter has more. */
const MAX_VERSES = 176;

export interface ConnectionsRequest {
  /** Canonical id of a verse or of a range of verses. */
  readonly id: string;
  /** Default: all kinds. */
  readonly kind?: ConnectionKind | undefined;
  /** Needs `kind`. */
  readonly cursor?: string | undefined;
  /** Connections of each kind. */
  readonly limit: number;
}

/** @throws ProblemError `not-found`, `bad-cursor` */
export async function readConnections(
  corpus: Corpus,
  { id, kind, cursor, limit }: ConnectionsRequest,
): Promise<ConnectionsResponse> {
  const ids = versesOf(corpus, id);
  const listOf = (one: ConnectionKind) => JSON.stringify(['connections', corpus.version, id, one]);
  const offset = kind === undefined ? 0 : decodeCursor(listOf(kind), cursor);
  const kinds = kind === undefined ? connectionKind.options : [kind];
  const rows = Map.groupBy(await readConnectionRows(corpus.graph, ids, kinds), (row) => row.kind);
  const groups = kinds.flatMap((one) => {
    const all = mergeRows(rows.get(one) ?? []);
    if (all.length === 0) return [];
    const { items, ...next } = pageOf(listOf(one), all, offset, limit);
    const shown = items.map(({ row, at }) => ({
      ...describeConnection(corpus, row),
      ...(ids.length > 1 && { at: [...at] }),
    }));
    return [{ kind: one, total: all.length, items: shown, ...next }];
  });
  const texts = ids.map((one) => corpus.passages.get(one).text);
  return { passage: { id, reference: referenceOf(id), text: texts.join(' ') }, groups };
}

/** The verses of an id. @throws ProblemError `not-found`, `invalid-input` for more than {@link MAX_VERSES} */
function versesOf({ passages }: Corpus, id: string): readonly string[] {
  const reference = parseId(id);
  if (reference?.kind !== 'verse' && reference?.kind !== 'range') throw noVerse(id);
  const ids = expandReference(reference).filter((one) => passages.placeOf(one) !== undefined);
  if (ids.length === 0) throw noVerse(id);
  if (ids.length > MAX_VERSES) {
    throw new ProblemError(
      'invalid-input',
      `${referenceOf(id)} has ${ids.length} verses; ask for the connections of at most ${MAX_VERSES} at once.`,
    );
  }
  return ids;
}

function noVerse(id: string): ProblemError {
  const reference = parseId(id);
  const detail =
    reference?.kind === 'verse'
      ? `${formatReference(reference)} has no connections in this corpus.`
      : 'Connections belong to verses, asked for by their canonical id, e.g. alma.32.21 or alma.32.21-23.';
  return new ProblemError('not-found', detail);
}
