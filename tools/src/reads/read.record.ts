import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** What the tests of one target read, paths relative to the repository. */
export interface ReadRecord {
  readonly files: readonly string[];
  /** Folders whose entries were listed. */
  readonly folders: readonly string[];
  /** Folders that were copied with everything below them. */
  readonly trees: readonly string[];
}

/** Where the reads of a target are recorded: an output of the Nx target, so that a cached run keeps its record. */
export function recordFile(repository: string, projectRoot: string, kind: string): string {
  return join(repository, '.gl/tests', projectRoot, `${kind}.reads.txt`);
}

/** Begins an empty record for the test runner in this working folder, and gives its file. */
export function beginRecord(kind: 'unit' | 'integration'): string {
  const file = recordFile(root, relative(root, process.cwd()), kind);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  return file;
}

/** Undefined: the tests left no record. */
export function readRecord(file: string): ReadRecord | undefined {
  if (!existsSync(file)) return undefined;
  const lines = [...new Set(readFileSync(file, 'utf8').split('\n'))].sort();
  const pathsOf = (kind: string) =>
    lines.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1));
  return { files: pathsOf('file'), folders: pathsOf('folder'), trees: pathsOf('tree') };
}
