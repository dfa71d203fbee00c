import type { Shape } from '../shape/schema.catalogue.ts';
import type { SchemaBackup } from './backup.content.ts';
import { BackupMismatchError } from './backup.error.ts';

type Definitions = Readonly<Record<string, string>>;

/** How a schema is made, as a backup keeps it. */
export function definitionsOf(shape: ReadonlyMap<string, Shape>): Record<string, string> {
  return Object.fromEntries([...shape].map(([key, { definition }]) => [key, definition]));
}

/** What carries data, or is needed by what does: a restore that makes it otherwise loses some. */
const grave = new Set(['table', 'column', 'view', 'type', 'sequence']);

/**
 * Compares what a backup's migrations made with what there was when it was taken.
 * @returns sentences about what is made again as migrations make it: an index, a right, a policy changed by hand
 * @throws BackupMismatchError when tables or columns differ: somebody who trusts the backup would lose them in silence
 */
export function compareStructure({ schema, shape }: SchemaBackup, made: Definitions): string[] {
  const notes: string[] = [];
  const faults: string[] = [];
  for (const [key, fault] of differences(shape, made)) {
    const [kind = '', name] = key.split(' ');
    const said = {
      beyond: `it has the ${kind} ${name}, which no migration makes`,
      lacking: `it lacks the ${kind} ${name}, which its migrations make`,
      other: `its ${kind} ${name} is not as its migrations make it`,
    }[fault];
    (grave.has(kind) ? faults : notes).push(said);
  }
  if (faults.length === 0) {
    return notes.map(
      (note) => `The schema ${schema} is made as its migrations make it; in the backup ${note}.`,
    );
  }
  throw new BackupMismatchError(
    `The schema ${schema} in the backup is not whole: ${faults.join('; ')}.`,
  );
}

/** Triggers, keys and indexes are off while rows come in. @throws BackupMismatchError unless all is as the migrations made it */
export function assertUnchanged(schema: string, made: Definitions, now: Definitions): void {
  const left = differences(now, made).map(([key]) => key);
  if (left.length === 0) return;
  throw new BackupMismatchError(
    `Filling the schema ${schema} changed what its migrations made: ${left.join(', ')}.`,
  );
}

type Fault = 'beyond' | 'lacking' | 'other';

function differences(found: Definitions, made: Definitions): [key: string, fault: Fault][] {
  const keys = new Set([...Object.keys(made), ...Object.keys(found)]);
  const faults: [string, Fault][] = [];
  for (const key of keys) {
    if (found[key] === made[key]) continue;
    if (made[key] === undefined) faults.push([key, 'beyond']);
    else faults.push([key, found[key] === undefined ? 'lacking' : 'other']);
  }
  return faults;
}
