import type { NameResponse } from '@gospelib/contracts';
import { ProblemError } from '@gospelib/service-kit';
import { decodeCursor, nextCursor } from '../answer/cursor.ts';
import type { Corpus } from '../corpus/corpus.ts';
import { findName, readMentions } from './names.repository.ts';

/**
 * A proper name with one page of the verses that mention it.
 * @throws ProblemError `not-found`, `bad-cursor`
 */
export async function readName(
  corpus: Corpus,
  id: string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<NameResponse> {
  const list = JSON.stringify(['name', corpus.version, id]);
  const offset = decodeCursor(list, cursor);
  const [name, mentions] = await Promise.all([
    findName(corpus.graph, id),
    readMentions(corpus.graph, id, offset, limit),
  ]);
  if (!name) throw new ProblemError('not-found', `There is no name "${id}".`);
  return {
    id: name.id,
    label: name.label,
    words: name.words.map((strongs) => corpus.words.require(strongs).summary),
    mentions: {
      total: name.verses,
      items: mentions.map((verse) => corpus.passages.get(verse)),
      ...nextCursor(list, offset + mentions.length, name.verses),
    },
  };
}
