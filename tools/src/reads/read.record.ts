import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

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

/** Begins the record of this test runner and of every Node process that it starts. */
export async function recordReads(kind: 'unit' | 'integration'): Promise<void> {
  const file = recordFile(root, relative(root, process.cwd()), kind);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  const recorder = join(root, 'tools/src/reads/read.recorder.ts');
  process.env.GOSPELIB_READS = file;
  process.env.NODE_OPTIONS =
    `${process.env.NODE_OPTIONS ?? ''} --import=${pathToFileURL(recorder)}`.trim();
  await import('./read.recorder.ts');
}

/** Undefined: the tests left no record. */
export function readRecord(file: string): ReadRecord | undefined {
  if (!existsSync(file)) return undefined;
  const lines = [...new Set(readFileSync(file, 'utf8').split('\n'))].sort();
  const pathsOf = (kind: string) =>
    lines.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1));
  return { files: pathsOf('file'), folders: pathsOf('folder'), trees: pathsOf('tree') };
}
