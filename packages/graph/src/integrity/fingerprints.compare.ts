import {
  edgeColumn,
  fingerprintColumns,
  type GraphFingerprints,
  type NodeFingerprint,
} from '../content/graph.fingerprints.ts';
import type { EdgeType, NodeLabel } from '../schema/graph.schema.ts';
import type { Difference } from './graph.difference.ts';

type Fingerprints = GraphFingerprints['labels'];

/** The part of a graph that was read again; only that is compared. */
export interface FingerprintScope {
  labels: readonly NodeLabel[];
  types: readonly EdgeType[];
}

/** Names the nodes that differ and what differs; missing verses are summed up by chapter. */
export function compareFingerprints(
  expected: Fingerprints,
  actual: Fingerprints,
  scope: FingerprintScope,
): Difference[] {
  return scope.labels.flatMap((label) =>
    compareLabel(label, expected[label] ?? [], actual[label] ?? [], scope.types),
  );
}

function compareLabel(
  label: NodeLabel,
  expected: readonly NodeFingerprint[],
  actual: readonly NodeFingerprint[],
  types: readonly EdgeType[],
): Difference[] {
  const have = Map.groupBy(actual, ({ id }) => id);
  const wanted = new Set(expected.map(({ id }) => id));
  const missing = expected.filter(({ id }) => !have.has(id)).map(({ id }) => id);
  const doubled = [...have].filter(([, nodes]) => nodes.length > 1);
  return [
    ...(label === 'Passage'
      ? missingVerses(expected, missing)
      : missing.map((id) => isMissing(label, id))),
    ...[...have.keys()]
      .filter((id) => !wanted.has(id))
      .map((id) =>
        difference('node-unknown', id, `${label} ${id} does not belong to this corpus.`),
      ),
    ...doubled.map(([id, nodes]) =>
      difference('node-doubled', id, `${label} ${id} is there ${nodes.length} times.`),
    ),
    ...expected.flatMap((node) => {
      const [found] = have.get(node.id) ?? [];
      return found ? compareNode(label, node, found, types) : [];
    }),
  ];
}

function compareNode(
  label: NodeLabel,
  expected: NodeFingerprint,
  actual: NodeFingerprint,
  scanned: readonly EdgeType[],
): Difference[] {
  const { id } = expected;
  const named = label === 'Passage' || label === 'Chapter' ? id : `${label} ${id}`;
  const differs = fingerprintColumns(label).filter(
    (_, at) => expected.fingerprints[at] !== actual.fingerprints[at],
  );
  const properties = differs.flatMap((column) => (column.kind === 'property' ? [column.name] : []));
  const types = scanned.filter((type) => differs.some((one) => 'type' in one && one.type === type));
  const verb = properties.length > 1 ? 'differ' : 'differs';
  const altered = difference('node-altered', id, `${named}: ${properties.join(' and ')} ${verb}.`);
  return [
    ...(properties.length > 0 ? [altered] : []),
    ...types.map((type): Difference => {
      const column = edgeColumn(label, type);
      const [want, have] = [expected.fingerprints[column] ?? 0, actual.fingerprints[column] ?? 0];
      const numbers =
        want === have ? `${have}, but not those of the corpus` : `${have} instead of ${want}`;
      const detail = `${type} from ${named}: ${numbers}.`;
      return { kind: 'edges-altered', subject: id, expected: want, actual: have, detail };
    }),
  ];
}

/** Missing verses, by chapter. */
function missingVerses(
  expected: readonly NodeFingerprint[],
  missing: readonly string[],
): Difference[] {
  const verses = Map.groupBy(expected, ({ id }) => chapterOf(id));
  return [...Map.groupBy(missing, chapterOf)].map(([chapter, ids]): Difference => {
    const want = verses.get(chapter)?.length ?? 0;
    const have = want - ids.length;
    const names = ids.length > 5 ? `${ids.slice(0, 5).join(', ')} …` : ids.join(', ');
    const without = have === 0 ? '' : `; without ${names}`;
    const detail = `${chapter}: ${have} of ${want} passages${without}.`;
    return { kind: 'node-missing', subject: chapter, expected: want, actual: have, detail };
  });
}

function chapterOf(id: string): string {
  return id.slice(0, id.lastIndexOf('.'));
}

function isMissing(label: NodeLabel, id: string): Difference {
  return difference('node-missing', id, `${label} ${id} is missing.`);
}

function difference(kind: Difference['kind'], subject: string, detail: string): Difference {
  return { kind, subject, detail };
}
