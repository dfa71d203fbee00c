import type { MapEdge, MapEdgeKind, MapNode, StudyMapResponse } from '@gospelib/contracts';
import { ProblemError } from '@gospelib/service-kit';
import type { Corpus } from '../corpus/corpus.ts';
import { findName } from '../names/names.repository.ts';
import { findTopic } from '../topics/topics.repository.ts';
import { normalStrongs } from '../words/words.index.ts';
import { type Growth, growMap } from './study-map.grow.ts';
import { edgeOf, type GrownNode, mapId, targetOf } from './study-map.steps.ts';

export interface StudyMapRequest {
  /** Canonical id of a verse, Strong's number, name id, or topic slug (`topic:` before it is allowed). */
  readonly id: string;
  readonly depth: number;
  readonly kinds: readonly MapEdgeKind[];
  /** Nodes at most, the root included. */
  readonly limit: number;
}

/** The neighbourhood of a node, best neighbours first. @throws ProblemError `not-found` */
export async function readStudyMap(
  corpus: Corpus,
  { id, depth, kinds, limit }: StudyMapRequest,
): Promise<StudyMapResponse> {
  const root = await findRoot(corpus, id);
  if (!root) {
    throw new ProblemError('not-found', `There is no passage, word, name or topic "${id}".`);
  }
  const growth = await growMap(corpus.graph, root, { depth, kinds: new Set(kinds), limit });
  return {
    root: mapId(root),
    nodes: [...growth.nodes.values()].map((node) => describeNode(corpus, node)),
    edges: edgesBetween(corpus, growth),
    truncated: growth.truncated,
  };
}

/** The kind of an id follows from its shape; one that could be a name or a topic is a name. */
async function findRoot(
  { graph, passages, words }: Corpus,
  id: string,
): Promise<GrownNode | undefined> {
  if (passages.placeOf(id) !== undefined) return { kind: 'passage', id, depth: 0 };
  const strongs = normalStrongs(id);
  if (strongs !== undefined && words.get(strongs)) return { kind: 'word', id: strongs, depth: 0 };
  const [, slug] = /^topic:(.+)$/.exec(id) ?? [];
  const name = slug === undefined ? await findName(graph, id) : undefined;
  if (name) return { kind: 'name', id: name.id, label: name.label, depth: 0 };
  const topic = await findTopic(graph, slug ?? id);
  return topic && { kind: 'topic', id: topic.slug, label: topic.name, depth: 0 };
}

function describeNode({ passages, words }: Corpus, node: GrownNode): MapNode {
  const { kind, depth } = node;
  const id = mapId(node);
  if (kind === 'passage') {
    const { reference, text } = passages.get(node.id);
    return { id, kind, label: reference, detail: text, depth };
  }
  if (kind === 'word') {
    const { lemma, gloss } = words.require(node.id).summary;
    return { id, kind, label: lemma, detail: gloss, depth };
  }
  return { id, kind, label: node.label ?? node.id, depth };
}

/** At most one edge of each kind between two nodes. */
function edgesBetween(corpus: Corpus, { nodes, steps }: Growth): MapEdge[] {
  const edges = new Map<string, MapEdge>();
  for (const step of steps) {
    if (!nodes.has(mapId(targetOf(step)))) continue;
    const edge = edgeOf(corpus, step);
    const key = [edge.kind, ...[edge.source, edge.target].sort()].join(' ');
    if (!edges.has(key)) edges.set(key, edge);
  }
  return [...edges.values()];
}
