import type { Connection, ConnectionKind } from '@gospelib/contracts';
import type { GraphValue } from '@gospelib/graph';
import type { Corpus } from '../corpus/corpus.ts';
import { sourceOf, splitForms } from '../words/words.forms.ts';
import {
  commentaryReason,
  crossReferenceReason,
  nameReason,
  quotationReason,
  topicReason,
  wordReason,
} from './connections.reason.ts';
import type { ConnectionRow } from './connections.repository.ts';

type Describe = (corpus: Corpus, values: readonly GraphValue[]) => Connection;

/** What the API says about a connection of each kind; the columns are those of the repository. */
const describers: Readonly<Record<ConnectionKind, Describe>> = {
  'cross-reference': ({ passages }, [id, shared, reciprocal, outgoing]) => {
    const direction = outgoing === false ? 'from' : reciprocal === true ? 'both' : 'to';
    return {
      kind: 'cross-reference',
      passage: passages.get(String(id)),
      direction,
      sharedNeighbours: Number(shared),
      reason: crossReferenceReason(direction, Number(shared)),
      derived: false,
    };
  },
  quotation: ({ passages }, [id, shared, similarity, quotes]) => ({
    kind: 'quotation',
    passage: passages.get(String(id)),
    direction: quotes === true ? 'quotes' : 'quoted-by',
    sharedShingles: Number(shared),
    similarity: Number(similarity),
    reason: quotationReason(quotes === true, Number(shared), Number(similarity)),
    derived: true,
  }),
  word: ({ words }, [strongs, stored]) => {
    const { summary, verses } = words.require(String(strongs));
    const forms = splitForms(String(stored));
    const source = sourceOf(summary);
    const reason = wordReason(forms, source);
    return { kind: 'word', word: summary, source, forms, verses, reason, derived: false };
  },
  name: (_corpus, [id, label, verses]) => ({
    kind: 'name',
    name: { id: String(id), label: String(label) },
    verses: Number(verses),
    reason: nameReason(String(label)),
    derived: true,
  }),
  topic: (_corpus, [slug, name]) => ({
    kind: 'topic',
    topic: { slug: String(slug), name: String(name) },
    reason: topicReason(String(name)),
    derived: false,
  }),
  commentary: (_corpus, [source, text, covers]) => ({
    kind: 'commentary',
    source: String(source),
    text: String(text),
    covers: String(covers),
    reason: commentaryReason(String(covers)),
    derived: false,
  }),
};

/** A connection as the API shows it. */
export function describeConnection(corpus: Corpus, { kind, values }: ConnectionRow): Connection {
  return describers[kind](corpus, values);
}
