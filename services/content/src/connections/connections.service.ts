import { type ConnectionKind, type ConnectionsResponse, connectionKind } from '@gospelib/contracts';
import { formatReference, parseId } from '@gospelib/scripture';
import { ProblemError } from '@gospelib/service-kit';
import { decodeCursor, pageOf } from '../answer/cursor.ts';
import type { Corpus } from '../corpus/corpus.ts';
import { describeConnection } from './connections.kinds.ts';
import { readConnectionRows } from './connections.repository.ts';

export interface ConnectionsRequest {
  /** Canonical id of a verse. */
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
  if (corpus.passages.placeOf(id) === undefined) throw noVerse(id);
  const listOf = (one: ConnectionKind) => JSON.stringify(['connections', corpus.version, id, one]);
  const offset = kind === undefined ? 0 : decodeCursor(listOf(kind), cursor);
  const kinds = kind === undefined ? connectionKind.options : [kind];
  const rows = Map.groupBy(await readConnectionRows(corpus.graph, id, kinds), (row) => row.kind);
  const groups = kinds.flatMap((one) => {
    const all = rows.get(one);
    if (!all) return [];
    const { items, ...next } = pageOf(listOf(one), all, offset, limit);
    const shown = items.map((row) => describeConnection(corpus, row));
    return [{ kind: one, total: all.length, items: shown, ...next }];
  });
  return { passage: corpus.passages.get(id), groups };
}

function noVerse(id: string): ProblemError {
  const reference = parseId(id);
  const detail =
    reference?.kind === 'verse'
      ? `${formatReference(reference)} has no connections in this corpus.`
      : 'Connections belong to one verse, asked for by its canonical id, e.g. alma.32.21.';
  return new ProblemError('not-found', detail);
}
