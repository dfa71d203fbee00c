import type { ShapeDifference } from '@gospelib/database';
import type { Release } from '@gospelib/environment';
import { choosePlans } from '../rules/rules.ts';
import type { Finding } from '../snapshot/finding.ts';
import type { GraphSnapshot, SchemaSnapshot, Snapshot } from '../snapshot/snapshot.types.ts';

export const [wanted, before] = ['a'.repeat(12), 'b'.repeat(12)].map(
  (name) => `${name}-default`,
) as [string, string];
export const full = `${'c'.repeat(12)}-full`;
const schemas = ['accounts', 'study'];
export const backup = {
  id: 'graph-1',
  version: wanted,
  createdAt: '2026-05-01T10:00:00.000Z',
  digest: 'd',
};
export const stored = {
  id: 'database-1',
  createdAt: '2026-05-01T09:00:00.000Z',
  schemas,
  rows: {},
};

export const sound: GraphSnapshot = {
  wanted,
  sound: true,
  known: true,
  attestation: { recorded: 'd', copies: ['d', 'd'] },
  quarantined: false,
  missingIndexes: false,
  replicaWhole: true,
  othersWhole: [],
  remembered: undefined,
  busy: false,
};

export function release(root: string, study: string, cameUp = true): Release {
  const migrations = { accounts: '0001_a', study };
  return { at: '2026-05-01T08:00:00.000Z', root, commit: undefined, migrations, cameUp };
}

export type Migration = SchemaSnapshot['migrations'][number];

export function migration(name: string, more: Partial<Migration> = {}): Migration {
  const usual = { state: 'applied', reversible: true, loses: null } as const;
  return { name, ...usual, irreversibleBecause: undefined, ...more };
}

export function schema(more: Partial<SchemaSnapshot> = {}): SchemaSnapshot {
  return {
    schema: 'study',
    migrations: [migration('0001_s')],
    lost: [],
    isGone: false,
    roleRefused: false,
    rows: {},
    ...more,
  };
}

export function snapshot(more: Partial<Snapshot> = {}): Snapshot {
  return {
    findings: [],
    provider: undefined,
    services: {
      supervised: true,
      failing: [],
      sealed: undefined,
      releases: [release('/now', '0001_s')],
    },
    release: undefined,
    graph: sound,
    database: { schemas: [schema()] },
    backups: { graph: [backup], database: [stored], unverified: undefined },
    disk: { hindered: [] },
    goneRows: [],
    seconds: 1,
    ...more,
  };
}

/** Each plan as its rule, and each step as `name subject`, with what is tried instead after `|`. */
export function planned(found: Snapshot): string[] {
  return choosePlans(found).flatMap(({ rule, steps, refused, mayLose }) => [
    `${rule}${refused === undefined ? '' : ' (refused)'}${mayLose === undefined ? '' : ' (may lose)'}`,
    ...steps.map(function name({ step, subject, otherwise }): string {
      return `  ${step} ${subject}${otherwise === undefined ? '' : ` |${name(otherwise)}`}`;
    }),
  ]);
}

const lost = (kind: ShapeDifference['kind'], name: string): ShapeDifference => ({
  kind,
  name,
  table: 'notes',
  fault: 'missing',
  says: `${kind} study.${name} is missing`,
  statements: kind === 'index' ? [] : [{ phase: 'make', sql: `MAKE ${name}` }],
});
export const tableGone: ShapeDifference = { ...lost('table', 'notes'), needsRows: true };
export const indexGone = lost('index', 'notes_place');
export const rightGone = lost('grant', 'notes study_service');
export const older = { ...stored, id: 'database-0', createdAt: '2026-04-30T09:00:00.000Z' };
export const without = { ...stored, id: 'database-2', schemas: ['accounts'] };

export const gone = schema({
  isGone: true,
  migrations: [migration('0001_s', { state: 'pending' })],
});

export const damaged = { ...sound, sound: false };
export const finding = (kind: Finding['kind'], subject: string): Finding => ({
  kind,
  subject,
  level: 'fault',
  text: '',
});

export type Case = [string, Partial<Snapshot>, string[]];
