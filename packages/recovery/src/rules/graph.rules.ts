import { editionOf } from '@gospelib/graph';
import type { BackupSnapshot, GraphSnapshot, Snapshot } from '../snapshot/snapshot.types.ts';
import type { PlannedStep, Rule } from './rule.ts';

/** The graph, worst first: the first rule that applies is the plan. */
export const graphRules: readonly Rule[] = [
  {
    name: 'graph-busy',
    area: 'graph',
    when: 'The graph is not sound, and an ingest or a restore is at work on it',
    remedy: 'wait for it (a killed one’s lock ends by itself), then look again',
    applies: ({ graph }) => graph !== undefined && !graph.sound && graph.busy,
    plan: () => ({
      steps: [
        { step: 'await-graph-work', subject: 'falkordb', says: 'Wait until that work is done' },
      ],
      expectedSeconds: 15,
    }),
  },
  {
    name: 'graph-none',
    area: 'graph',
    when: 'The graph store is empty, or has no pointer',
    remedy: 'serve a version that verifies; else restore the newest backup; else re-ingest',
    applies: ({ graph }) => graph !== undefined && graph.wanted === undefined,
    plan: serveAnything,
  },
  {
    name: 'graph-record',
    area: 'graph',
    when: 'The record of the active version is gone or not its own, and a backup attests one of the copies',
    remedy: 'write the record again as the manifest of the backup attests it, then look again',
    applies: (snapshot) => attesting(snapshot) !== undefined,
    plan: (snapshot) => {
      const { id = '', createdAt } = attesting(snapshot) ?? {};
      const says = `Write the record of ${snapshot.graph?.wanted} again, as the backup of ${createdAt} attests it`;
      return { steps: [{ step: 'attest-record', subject: id, says }], expectedSeconds: 2 };
    },
  },
  {
    name: 'graph-nowhere',
    area: 'graph',
    when: 'The pointer names a version of which there is no graph, no record and no backup',
    remedy: 'serve a version that verifies; else restore the newest backup; else re-ingest',
    applies: (snapshot) => {
      const { graph } = snapshot;
      return (
        graph !== undefined &&
        !graph.sound &&
        !graph.known &&
        snapshot.backups !== undefined &&
        backupsOf(snapshot).length === 0
      );
    },
    plan: serveAnything,
  },
  {
    name: 'graph-damaged',
    area: 'graph',
    when: 'The active graph is damaged or gone',
    remedy:
      'tell the services, which fall back on a copy that verifies; make it anew from its second copy, else from its newest backup, else from the packages; when nothing works, activate another version that verifies',
    applies: ({ graph }) => graph !== undefined && !graph.sound,
    plan: (snapshot) => {
      const { wanted = '', replicaWhole, othersWhole } = snapshot.graph as GraphSnapshot;
      const restores = backupsOf(snapshot).map(({ id, createdAt }) =>
        restore(id, wanted, createdAt),
      );
      const replica: PlannedStep = {
        step: 'repair-from-replica',
        subject: wanted,
        says: `Make ${wanted} anew from its second copy, once that has verified`,
      };
      // Services fall back by themselves on a copy that verified: the pointer moves only when nothing can be repaired.
      const mend = firstThatWorks([
        ...(replicaWhole ? [replica] : []),
        ...restores,
        reingest(snapshot),
        ...othersWhole.map(activate),
      ]);
      return { steps: [quarantine(wanted), ...mend], expectedSeconds: 20 };
    },
  },
  {
    name: 'graph-slow',
    area: 'graph',
    when: 'Indexes of the active graph are missing',
    remedy: 'create them',
    applies: ({ graph }) => graph?.sound === true && graph.missingIndexes,
    plan: ({ graph }) => ({
      steps: [
        {
          step: 'repair-graph-indexes',
          subject: graph?.wanted ?? '',
          says: 'Create the missing indexes',
        },
      ],
      expectedSeconds: 2,
    }),
  },
  {
    name: 'graph-quarantined',
    area: 'graph',
    when: 'The active graph is quarantined, but verifies',
    remedy: 'activate it again, which ends the quarantine',
    applies: ({ graph }) => graph?.sound === true && graph.quarantined,
    plan: ({ graph }) => ({ steps: [activate(graph?.wanted ?? '')], expectedSeconds: 5 }),
  },
];

/**
 * Of the edition that was active: as the pointer tells it when that names something that was, else the newest backup,
 * else what the data folder remembers.
 */
function reingest({ graph, backups }: Snapshot): PlannedStep {
  const pointed = graph?.known === true ? graph.wanted : undefined;
  const lost = pointed ?? backups?.graph[0]?.version ?? graph?.remembered ?? graph?.othersWhole[0];
  const what = lost === undefined ? '' : `, in the ${editionOf(lost)} edition, which was active`;
  return {
    step: 'reingest',
    subject: lost ?? 'auto',
    says: `Make the graph anew from the packages${what}`,
  };
}

function quarantine(version: string): PlannedStep {
  const says = 'Tell the services, so that nobody is answered from it any more';
  return { step: 'quarantine', subject: version, says };
}

function activate(version: string): PlannedStep {
  const says = `Put readers on ${version}, once it has verified`;
  return { step: 'activate', subject: version, says };
}

function restore(id: string, version: string, createdAt: string): PlannedStep {
  const says = `Restore ${version} from the backup of ${createdAt}`;
  return { step: 'restore-graph', subject: id, says };
}

function serveAnything(snapshot: Snapshot): ReturnType<Rule['plan']> {
  const others = (snapshot.graph?.othersWhole ?? []).map(activate);
  const restores = (snapshot.backups?.graph ?? []).map((one) =>
    restore(one.id, one.version, one.createdAt),
  );
  const expectedSeconds = others.length > 0 ? 5 : 20;
  return { steps: firstThatWorks([...others, ...restores, reingest(snapshot)]), expectedSeconds };
}

/** The newest backup that attests a copy, where the record attests none. */
function attesting(snapshot: Snapshot): BackupSnapshot['graph'][number] | undefined {
  const { recorded, copies = [] } = snapshot.graph?.attestation ?? {};
  if (recorded !== undefined && copies.includes(recorded)) return undefined;
  return backupsOf(snapshot).find(({ digest }) => copies.includes(digest));
}

function backupsOf({ graph, backups }: Snapshot): BackupSnapshot['graph'] {
  return (backups?.graph ?? []).filter(({ version }) => version === graph?.wanted);
}

/** The first way, and what to do instead when it fails. */
function firstThatWorks(ways: readonly PlannedStep[]): PlannedStep[] {
  const first = ways.reduceRight<PlannedStep | undefined>(
    (otherwise, way) => (otherwise === undefined ? way : { ...way, otherwise }),
    undefined,
  );
  return first === undefined ? [] : [first];
}
