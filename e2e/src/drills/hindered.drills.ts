import { holdTable } from './damage/table.hold.ts';
import type { Drill } from './drill.ts';
import { alterText, expectWhole } from './graph.drills.ts';
import { type StartedGl, startGl } from './stack/stack.ts';

/** What hinders a look, while something else is broken or nothing is. */
const usual = {
  outcome: 'unknown',
  expects: ['unknown'],
  page: 'not named',
  targetSeconds: 30,
  readersKeepReading: true,
} as const;

/** Nobody looks for backups there, and nothing listens. */
const unreachable = {
  GOSPELIB_BACKUPS: 's3://backups/here',
  BACKUP_S3_ENDPOINT: 'http://127.0.0.1:9',
  BACKUP_S3_REGION: 'nowhere',
  AWS_ACCESS_KEY_ID: 'nobody',
  AWS_SECRET_ACCESS_KEY: 'nothing',
};

let first: StartedGl | undefined;
let release: (() => Promise<void>) | undefined;

export const hinderedDrills: readonly Drill[] = [
  {
    ...usual,
    name: 'backups-unreachable',
    breaks: 'The place of the backups cannot be reached while the text of Alma 32:21 is altered',
    says: /backups, because .*anew from its second copy/s,
    break: async (stack) => {
      Object.assign(stack.config.env, unreachable);
      await alterText(stack);
    },
    relieve: async ({ config }) => {
      for (const name of Object.keys(unreachable)) delete config.env[name];
    },
    faults: expectWhole,
  },
  {
    ...usual,
    name: 'table-locked',
    breaks:
      'The table of notes is locked by a session that forgot it, while the text of Alma 32:21 is altered',
    says: /study\.notes is locked by process \d+ \(a forgotten prompt\).*anew from its second copy/s,
    break: async (stack) => {
      release = await holdTable(stack, 'study.notes');
      await alterText(stack);
    },
    relieve: async () => release?.(),
    faults: expectWhole,
  },
  {
    ...usual,
    name: 'two-recoveries',
    breaks: 'The text of Alma 32:21 is altered, and somebody else has called `recover` just before',
    expects: [],
    outcome: 'healthy',
    says: /Another recovery is at work: process \d+ of this machine, since /,
    targetSeconds: 60,
    break: async (stack) => {
      await alterText(stack);
      first = startGl(stack, ['recover', '--execute']);
      await first.says(/looking at/);
    },
    relieve: async () => {
      await first?.ended;
    },
    faults: expectWhole,
  },
];
