import type { Shape, ShapeKind, Shapes } from '../shape/shape.types.ts';
import type { SchemaBackup } from './backup.content.ts';
import { BackupMismatchError } from './backup.error.ts';

type Definitions = Readonly<Record<string, string>>;

/** Kinds that backups did not know when they were first taken, and whose differences a restore undoes anyhow. */
const untold: ReadonlySet<ShapeKind> = new Set(['schema', 'role', 'rule', 'grant', 'default']);

/** The structure of a schema, as a backup stores it: rights as one line an object. */
export function definitionsOf(shapes: Shapes): Record<string, string> {
  const definitions: Record<string, string> = {};
  for (const [key, { kind, definition }] of shapes) {
    if (!untold.has(kind)) definitions[key] = definition;
  }
  const rights = [...shapes.values()].filter(
    ({ kind, facts }) => kind === 'grant' && facts.columns === '' && facts.grantee !== 'OWNER',
  );
  const isPublic = ({ facts }: Shape) => Number(facts.grantee === 'PUBLIC');
  rights.sort((a, b) => isPublic(a) - isPublic(b) || (a.name < b.name ? -1 : 1));
  for (const { facts, definition } of rights) {
    const key = `grants ${facts.object}`;
    const before = definitions[key];
    definitions[key] = before === undefined ? definition : `${before}, ${definition}`;
  }
  return definitions;
}

/** Kinds that hold data, or that data depends on: if one differs, a restore loses data. */
const grave = new Set(['table', 'column', 'view', 'type', 'sequence']);

/**
 * Compares what a backup's migrations made with the structure when the backup was taken.
 * @returns a sentence for each difference that a restore undoes: an index, a grant, a policy changed by hand
 * @throws BackupMismatchError when tables or columns differ: a restore would silently lose data
 */
export function compareStructure({ schema, shape }: SchemaBackup, made: Definitions): string[] {
  const notes: string[] = [];
  const faults: string[] = [];
  for (const [key, fault] of differences(shape, made)) {
    const [kind = '', name] = key.split(' ');
    const said = {
      extra: `it has the ${kind} ${name}, which no migration makes`,
      missing: `it lacks the ${kind} ${name}, which its migrations make`,
      altered: `its ${kind} ${name} is not as its migrations make it`,
    }[fault];
    (grave.has(kind) ? faults : notes).push(said);
  }
  if (faults.length === 0) {
    return notes.map(
      (note) =>
        `The schema ${schema} is restored as its migrations make it; in the backup ${note}.`,
    );
  }
  throw new BackupMismatchError(
    `The schema ${schema} in the backup is not complete: ${faults.join('; ')}.`,
  );
}

/** Checks that triggers, keys and indexes, removed while rows were loaded, are all back. @throws BackupMismatchError */
export function assertUnchanged(schema: string, made: Definitions, now: Definitions): void {
  const left = differences(now, made).map(([key]) => key);
  if (left.length === 0) return;
  throw new BackupMismatchError(
    `Filling the schema ${schema} changed what its migrations made: ${left.join(', ')}.`,
  );
}

type Fault = 'extra' | 'missing' | 'altered';

function differences(found: Definitions, made: Definitions): [key: string, fault: Fault][] {
  const keys = new Set([...Object.keys(made), ...Object.keys(found)]);
  const faults: [string, Fault][] = [];
  for (const key of keys) {
    if (found[key] === made[key]) continue;
    if (made[key] === undefined) faults.push([key, 'extra']);
    else faults.push([key, found[key] === undefined ? 'missing' : 'altered']);
  }
  return faults;
}
