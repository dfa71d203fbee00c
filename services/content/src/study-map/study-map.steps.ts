import type { MapEdge, MapNodeKind } from '@gospelib/contracts';
import type { GraphValue } from '@gospelib/graph';
import { wordReason } from '../connections/connections.reason.ts';
import type { Corpus } from '../corpus/corpus.ts';
import { referenceOf } from '../passages/passages.index.ts';
import { sourceOf, splitForms } from '../words/words.forms.ts';
import { type BranchName, branches, type StepRow } from './study-map.repository.ts';

/** A node as the graph names it: ids are unique only within a kind. */
export interface MapPlace {
  readonly kind: MapNodeKind;
  /** Canonical id of a verse, Strong's number, name id or topic slug. */
  readonly id: string;
  /** The label of a name or a topic. */
  readonly label?: string;
}

/** A node on the map, `depth` steps from the root. */
export interface GrownNode extends MapPlace {
  readonly depth: number;
}

/** The id of a node on the map. A name and a topic can have the same id ("aaron"), so topics get a prefix. */
export function mapId({ kind, id }: MapPlace): string {
  return kind === 'topic' ? `topic:${id}` : id;
}

/** The node that a step leads to. */
export function targetOf({ branch, to, columns }: StepRow): MapPlace {
  switch (branch) {
    case 'words':
    case 'derivations':
      return { kind: 'word', id: to };
    case 'names':
      return { kind: 'name', id: to, label: String(columns[0]) };
    case 'topics':
    case 'seeAlso':
      return { kind: 'topic', id: to, label: String(columns[0]) };
    default:
      return { kind: 'passage', id: to };
  }
}

/** The edge of a step, from where the graph's edge starts to where it ends. */
export function edgeOf(corpus: Corpus, step: StepRow): MapEdge {
  const { from: kindOfSource, kind } = branches[step.branch];
  const found = mapId({ kind: kindOfSource, id: step.from });
  const target = mapId(targetOf(step));
  const { reason, backwards = false, derived = false } = tellers[step.branch](corpus, step);
  const [start, end] = backwards ? [target, found] : [found, target];
  return { source: start, target: end, kind, reason, derived };
}

interface Told {
  readonly reason: string;
  /** The graph's edge leads from the neighbour to the node that the step was found from. */
  readonly backwards?: boolean;
  readonly derived?: boolean;
}

const tellers: Readonly<Record<BranchName, (corpus: Corpus, step: StepRow) => Told>> = {
  references: (_corpus, { from, to, columns: [reciprocal, shared] }) => {
    const [here, there] = [referenceOf(from), referenceOf(to)];
    const how =
      reciprocal === true
        ? `${here} and ${there} refer to each other`
        : `${here} refers to ${there}`;
    const also = Number(shared) > 0 ? `; verses connected to both: ${Number(shared)}` : '';
    return { reason: `${how}${also}.` };
  },
  quotations: (_corpus, { from, to, columns: [shared, quotes] }) => {
    const [by, of] = quotes === true ? [from, to] : [to, from];
    const reason = `${referenceOf(by)} repeats runs of five words from ${referenceOf(of)}: ${Number(shared)}.`;
    return { reason, backwards: quotes !== true, derived: true };
  },
  words: (corpus, { from, to, columns: [forms] }) => ({
    reason: useReason(corpus, from, to, forms),
  }),
  names: (_corpus, { from, columns: [label] }) => ({
    reason: nameReason(from, label),
    derived: true,
  }),
  topics: (_corpus, { from, columns: [name] }) => ({
    reason: topicReason(name, from),
    backwards: true,
  }),
  derivations: ({ words }, { from, to, columns: [isDerived] }) => {
    const [child, root] = isDerived === true ? [from, to] : [to, from];
    const lemma = (strongs: string) => words.require(strongs).summary.lemma;
    const reason = `Strong's dictionary derives ${lemma(child)} from ${lemma(root)}.`;
    return { reason, backwards: isDerived !== true };
  },
  uses: (corpus, { from, to, columns: [forms] }) => ({
    reason: useReason(corpus, to, from, forms),
    backwards: true,
  }),
  mentions: (_corpus, { to, columns: [label] }) => ({
    reason: nameReason(to, label),
    backwards: true,
    derived: true,
  }),
  seeAlso: (_corpus, { columns: [other, name] }) => ({
    reason: `Nave's Topical Bible says under “${name}”: see “${other}”.`,
  }),
  about: (_corpus, { to, columns: [name] }) => ({ reason: topicReason(name, to) }),
};

function useReason({ words }: Corpus, verse: string, strongs: string, stored?: GraphValue): string {
  const source = sourceOf(words.require(strongs).summary);
  return wordReason(splitForms(String(stored ?? '')), source, referenceOf(verse));
}

function nameReason(verse: string, label?: GraphValue): string {
  return `The Hebrew of ${referenceOf(verse)} names ${label}.`;
}

function topicReason(topic: GraphValue | undefined, verse: string): string {
  return `Nave's Topical Bible lists ${referenceOf(verse)} under “${topic}”.`;
}
