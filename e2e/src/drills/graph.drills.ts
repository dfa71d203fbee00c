import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keys } from '@gospelib/graph';
import { backUpGraph } from '@gospelib/recovery';
import { folders } from '@gospelib/supervisor';
import {
  alterBackup,
  editManifest,
  newestBackup,
  removeBackups,
  truncateBackup,
} from './damage/backup.damage.ts';
import { expectCounts, inBothCopies, removeGraph } from './damage/graph.damage.ts';
import type { Drill } from './drill.ts';
import { makePreviousVersion } from './stack/previous.version.ts';
import { type Stack, startGl } from './stack/stack.ts';

const PASSAGES = 'MATCH (p:Passage) RETURN count(p)';
const MOSIAH = "MATCH (p:Passage {book: 'mosiah', chapter: 4}) RETURN count(p)";
const NEXT = 'MATCH ()-[r:NEXT]->() RETURN count(r)';
const TEXT = `MATCH (p:Passage {id: 'alma.32.21'}) WHERE p.text STARTS WITH 'And now as I said' RETURN count(p)`;

const whole = [
  [MOSIAH, 30],
  [PASSAGES, 41_995],
  [NEXT, 41_908],
  [TEXT, 1],
] as const;

export async function alterText(stack: Stack): Promise<void> {
  await stack.cypher("MATCH (p:Passage {id: 'alma.32.21'}) SET p.text = 'Faith is nothing.'");
}

export function expectWhole(stack: Stack): Promise<string[]> {
  return expectCounts(stack, whole);
}

export const usual = {
  outcome: 'recovered',
  page: '30–60 min',
  /** Restored from a backup and verified. */
  targetSeconds: 20,
  readersKeepReading: true,
  faults: expectWhole,
} as const;

/** Made anew from the packages and verified. */
const REINGESTED = 30;

async function takeBackup({ environment }: Stack): Promise<void> {
  await backUpGraph({ environment, say: () => undefined, acceptDataLoss: false }, 'graph');
}

export const deleteVerses =
  "MATCH (p:Passage {book: 'mosiah', chapter: 4}) WHERE p.verse > 25 DELETE p";

export const graphDrills: readonly Drill[] = [
  {
    ...usual,
    name: 'passages-deleted',
    breaks: 'Five verses of Mosiah 4 are deleted, in the second copy too',
    expects: ['graph-damaged'],
    says: /was restored from/,
    scheduled: true,
    break: (stack) => inBothCopies(stack, deleteVerses),
  },
  {
    ...usual,
    name: 'texts-altered',
    breaks: 'The text of Alma 32:21 is altered',
    expects: ['graph-damaged'],
    says: /anew from its second copy/,
    break: alterText,
  },
  {
    ...usual,
    name: 'record-altered',
    breaks: 'The text of Alma 32:21 is altered, and so is the record that attests its graph',
    expects: ['graph-damaged'],
    says: /is again what .* attests.*anew from its second copy/s,
    prepare: takeBackup,
    break: async (stack) => {
      await alterText(stack);
      await stack.graph((store) =>
        store.send(['HSET', keys.record(stack.version), 'digest', 'another']),
      );
    },
  },
  {
    ...usual,
    name: 'edges-broken',
    breaks:
      'Edges between verses are doubled and others dangle, in the second copy too, and there is no backup of the graph',
    expects: ['graph-damaged'],
    says: /made anew from the packages/,
    targetSeconds: REINGESTED,
    scheduled: true,
    prepare: (stack) => removeBackups(stack, 'graph'),
    break: async (stack) => {
      const verse = "MATCH (a:Passage {id: 'alma.32.21'})";
      await inBothCopies(stack, `${verse}-[:NEXT]->(b) CREATE (a)-[:NEXT]->(b)`);
      await inBothCopies(stack, `${verse} CREATE (a)-[:CROSS_REF {rank: 0}]->()`);
    },
  },
  {
    ...usual,
    name: 'pointer-to-nowhere',
    breaks: 'The pointer names a version that never was',
    expects: ['graph-nowhere'],
    targetSeconds: 10,
    break: async (stack) => {
      await stack.graph((store) => store.send(['SET', keys.active, 'ffffffffffff-default']));
    },
  },
  {
    ...usual,
    name: 'pointer-malformed',
    breaks: 'The pointer is a list instead of a name',
    expects: ['graph-none'],
    // Without a pointer nobody knows what is to be served.
    readersKeepReading: false,
    break: async (stack) => {
      await stack.graph((store) => store.send(['DEL', keys.active]));
      await stack.graph((store) => store.send(['RPUSH', keys.active, 'x']));
    },
  },
  {
    ...usual,
    name: 'index-dropped',
    breaks: 'The index of verses by id is dropped',
    expects: ['graph-slow'],
    targetSeconds: 10,
    break: async (stack) => {
      await stack.cypher('DROP INDEX ON :Passage(id)');
    },
  },
  {
    ...usual,
    name: 'graph-gone',
    breaks: 'The key of the active graph is deleted, and that of its second copy',
    expects: ['graph-gone'],
    says: /was restored from/,
    scheduled: true,
    break: removeGraph,
  },
  {
    ...usual,
    name: 'backup-truncated',
    breaks:
      'The graph is gone, its newest backup cut off in the middle, the one before altered in one byte',
    expects: ['graph-gone'],
    says: /was restored from/,
    prepare: async (stack) => {
      for (let count = 0; count < 3; count += 1) await takeBackup(stack);
    },
    break: async (stack) => {
      truncateBackup(stack, await newestBackup(stack, 'graph'));
      // Of those that still look whole: it is found out by reading it, and the third is taken.
      alterBackup(stack, await newestBackup(stack, 'graph'), 'graph-bulk.zst');
      await removeGraph(stack);
    },
    restore: (stack) => removeBackups(stack, 'graph'),
  },
  {
    ...usual,
    name: 'other-engine',
    breaks: 'The graph is gone, and its backup was taken by another version of the engine',
    expects: ['graph-gone'],
    says: /from the neutral form/,
    prepare: takeBackup,
    break: async (stack) => {
      await editManifest(stack, await newestBackup(stack, 'graph'), (manifest) => ({
        ...manifest,
        engine: { ...manifest.engine, version: '1.0.0' },
      }));
      await removeGraph(stack);
    },
    restore: (stack) => removeBackups(stack, 'graph'),
  },
  {
    ...usual,
    name: 'ingest-killed',
    breaks:
      'Verses are deleted in both copies, and an ingest that was to mend it is killed while it loads',
    expects: ['graph-damaged'],
    prepare: takeBackup,
    break: async (stack) => {
      await inBothCopies(stack, deleteVerses);
      const ingest = startGl(stack, ['ingest', '--force', '--progress', 'ndjson']);
      await ingest.says(/"stage":"load","done":[1-9]/);
      ingest.signal('SIGKILL');
    },
  },
  {
    ...usual,
    name: 'modules-changed',
    breaks:
      'The graph and its backups are gone, and since the default edition was made the folder of SWORD modules has become another one',
    expects: ['graph-gone'],
    says: /the same corpus as before/,
    targetSeconds: REINGESTED,
    prepare: (stack) => removeBackups(stack, 'graph'),
    break: async (stack) => {
      // Asked for a folder of modules, an ingest makes the full edition, or nothing.
      stack.config.env.GOSPELIB_SWORD = join(stack.config.dataDir, 'no-modules');
      await removeGraph(stack);
    },
    restore: async ({ config }) => {
      delete config.env.GOSPELIB_SWORD;
    },
  },
  {
    ...usual,
    name: 'disk-emptied',
    breaks: 'The graph store is killed and its files are deleted',
    expects: ['graph-away', 'graph-none', 'graph-busy'],
    targetSeconds: REINGESTED,
    readersKeepReading: false,
    break: async ({ config, environment }) => {
      const folder = folders.store(config, 'falkordb');
      const { processes } = await environment.status();
      const pid = processes.find(({ name }) => name === 'falkordb')?.pid;
      if (pid === undefined) throw new Error('The graph store has no process.');
      process.kill(pid, 'SIGKILL');
      for (const name of readdirSync(folder)) {
        // A disk holds the data; the password belongs to the machine.
        if (name !== 'secret') rmSync(join(folder, name), { recursive: true, force: true });
      }
      await sleep(100);
    },
    restore: async (stack) => {
      await stack.graph((store) => makePreviousVersion(store, stack));
    },
  },
];
