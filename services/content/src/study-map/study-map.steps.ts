import type { MapEdgeKind, MapNodeKind } from '@gospelib/contracts';
import type { Corpus } from '../corpus/corpus.ts';
import { referenceOf } from '../passages/passages.shelf.ts';
import {
  findAbout,
  findDerivations,
  findMentions,
  findNames,
  findQuotations,
  findReferences,
  findSeeAlso,
  findTopics,
  findUses,
  findWords,
} from './study-map.repository.ts';
import type { Step } from './study-map.step.ts';

/** What to find: the best steps from several nodes of one kind. */
export interface StepRequest {
  readonly corpus: Corpus;
  readonly ids: readonly string[];
  /** Steps of each node. */
  readonly most: number;
  /** Words, names and topics of more verses are not followed to their verses. */
  readonly upTo: number;
}

export interface StepFinder {
  readonly from: MapNodeKind;
  readonly kind: MapEdgeKind;
  find(request: StepRequest): Promise<Step[]>;
}

/** Every way to step from a node to a neighbour, in the order in which kinds take turns. */
export const stepFinders: readonly StepFinder[] = [
  {
    from: 'passage',
    kind: 'cross-reference',
    find: async ({ corpus, ids, most }) =>
      (await findReferences(corpus.graph, ids, most)).map(({ from, to, reciprocal, shared }) => {
        const [here, there] = [referenceOf(from), referenceOf(to)];
        const how = reciprocal
          ? `${here} and ${there} refer to each other`
          : `${here} refers to ${there}`;
        const also = shared > 0 ? `; ${shared} more connected to both` : '';
        return step(from, { kind: 'passage', id: to }, 'cross-reference', `${how}${also}.`);
      }),
  },
  {
    from: 'passage',
    kind: 'quotation',
    find: async ({ corpus, ids, most }) =>
      (await findQuotations(corpus.graph, ids, most)).map(({ from, to, shared, quotes }) => {
        const [by, of] = quotes ? [from, to] : [to, from];
        const reason = `${referenceOf(by)} repeats ${shared} five-word runs of ${referenceOf(of)}.`;
        return derived(step(from, { kind: 'passage', id: to }, 'quotation', reason, !quotes));
      }),
  },
  {
    from: 'passage',
    kind: 'word',
    find: async ({ corpus, ids, most }) =>
      (await findWords(corpus.graph, ids, most)).map(({ from, to, forms }) =>
        step(from, { kind: 'word', id: to }, 'word', useReason(corpus, from, to, forms)),
      ),
  },
  {
    from: 'passage',
    kind: 'name',
    find: async ({ corpus, ids, most }) =>
      (await findNames(corpus.graph, ids, most)).map(({ from, to, label }) =>
        derived(step(from, { kind: 'name', id: to, label }, 'name', nameReason(from, label))),
      ),
  },
  {
    from: 'passage',
    kind: 'topic',
    find: async ({ corpus, ids, most }) =>
      (await findTopics(corpus.graph, ids, most)).map(({ from, to, label }) =>
        step(from, { kind: 'topic', id: to, label }, 'topic', topicReason(label, from), true),
      ),
  },
  {
    from: 'word',
    kind: 'derivation',
    find: async ({ corpus, ids, most }) =>
      (await findDerivations(corpus.graph, ids, most)).map(({ from, to, derived: isDerived }) => {
        const [child, root] = isDerived ? [from, to] : [to, from];
        const reason = `Strong's derives ${lemmaOf(corpus, child)} from ${lemmaOf(corpus, root)}.`;
        return step(from, { kind: 'word', id: to }, 'derivation', reason, !isDerived);
      }),
  },
  {
    from: 'word',
    kind: 'word',
    find: async ({ corpus, ids, most, upTo }) =>
      (await findUses(corpus.graph, ids, most, upTo)).map(({ from, to, forms }) =>
        step(from, { kind: 'passage', id: to }, 'word', useReason(corpus, to, from, forms), true),
      ),
  },
  {
    from: 'name',
    kind: 'name',
    find: async ({ corpus, ids, most, upTo }) =>
      (await findMentions(corpus.graph, ids, most, upTo)).map(({ from, to, label }) =>
        derived(step(from, { kind: 'passage', id: to }, 'name', nameReason(to, label), true)),
      ),
  },
  {
    from: 'topic',
    kind: 'topic',
    find: async ({ corpus, ids, most, upTo }) => {
      const [verses, others] = await Promise.all([
        findAbout(corpus.graph, ids, most, upTo),
        findSeeAlso(corpus.graph, ids, most),
      ]);
      return [
        ...others.map(({ from, to, label, source }) => {
          const reason = `“${source}” says: see “${label}”.`;
          return step(from, { kind: 'topic', id: to, label }, 'topic', reason);
        }),
        ...verses.map(({ from, to, label }) =>
          step(from, { kind: 'passage', id: to }, 'topic', topicReason(label, to)),
        ),
      ];
    },
  },
];

function step(
  from: string,
  to: Step['to'],
  kind: MapEdgeKind,
  reason: string,
  reversed = false,
): Step {
  return { from, to, edge: { kind, reason, derived: false, reversed } };
}

function derived({ from, to, edge }: Step): Step {
  return { from, to, edge: { ...edge, derived: true } };
}

function useReason({ words }: Corpus, verse: string, strongs: string, forms: string): string {
  const language = words.require(strongs).summary.language === 'hebrew' ? 'Hebrew' : 'Greek';
  const as = forms === '' ? '' : ` as ${forms.replaceAll(' ', ', ')}`;
  return `Stands in the ${language} of ${referenceOf(verse)}${as}.`;
}

function nameReason(verse: string, label: string): string {
  return `The Hebrew of ${referenceOf(verse)} names ${label}.`;
}

function topicReason(topic: string, verse: string): string {
  return `Nave's Topical Bible lists ${referenceOf(verse)} under “${topic}”.`;
}

function lemmaOf({ words }: Corpus, strongs: string): string {
  return words.require(strongs).summary.lemma;
}
