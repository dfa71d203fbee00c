import { type ConnectionKind, type ConnectionsResponse, connectionKind } from '@gospelib/contracts';
import { formatReference, parseId } from '@gospelib/scripture';
import { ProblemError } from '@gospelib/service-kit';
import { decodeCursor, nextCursor } from '../answer/cursor.ts';
import type { Corpus } from '../corpus/corpus.ts';
import { type RankedConnections, readConnections } from './connections.kinds.ts';

export interface ConnectionsRequest {
  /** Canonical id of a verse. */
  readonly id: string;
  /** All kinds, when not given. */
  readonly kind?: ConnectionKind | undefined;
  /** Needs `kind`. */
  readonly cursor?: string | undefined;
  /** Connections of each kind. */
  readonly limit: number;
}

type Group = ConnectionsResponse['groups'][number];

/** @throws ProblemError `not-found`, `bad-cursor` */
export async function readConnectionsOf(
  corpus: Corpus,
  request: ConnectionsRequest,
): Promise<ConnectionsResponse> {
  const { id, kind, cursor, limit } = request;
  if (corpus.passages.placeOf(id) === undefined) throw noVerse(id);
  const kinds = kind === undefined ? connectionKind.options : [kind];
  const groups = await Promise.all(
    kinds.map(async (one): Promise<Group> => {
      const list = JSON.stringify(['connections', corpus.version, id, one]);
      const offset = decodeCursor(list, cursor);
      const all = await readConnections[one](corpus, id);
      return pageOfKind(one, all, list, offset, limit);
    }),
  );
  return { passage: corpus.passages.get(id), groups: groups.filter(({ total }) => total > 0) };
}

function pageOfKind(
  kind: ConnectionKind,
  all: RankedConnections,
  list: string,
  offset: number,
  limit: number,
): Group {
  const end = Math.min(offset + limit, all.total);
  const items = Array.from({ length: Math.max(0, end - offset) }, (_, at) => all.at(offset + at));
  return { kind, total: all.total, items, ...nextCursor(list, end, all.total) };
}

function noVerse(id: string): ProblemError {
  const reference = parseId(id);
  const detail =
    reference?.kind === 'verse'
      ? `${formatReference(reference)} has no connections in this corpus.`
      : 'Connections belong to one verse, asked for by its canonical id, e.g. alma.32.21.';
  return new ProblemError('not-found', detail);
}
