import { execFileSync } from 'node:child_process';
import type { ProjectGraph } from 'nx/src/config/project-graph';
import { type ReadRecord, readRecord, recordFile } from './read.record.ts';
import { allOutputs, targetInputs } from './target.inputs.ts';
import { type Repository, undeclaredReads } from './undeclared.reads.ts';

/** The kind of record that a target's tests write. */
const kinds: Readonly<Record<string, string>> = { test: 'unit', 'test-int': 'integration' };

export interface ReadCheck {
  /** How many targets had a record. */
  readonly checked: number;
  readonly faults: readonly string[];
}

/** Compares what tests read with what Nx hashes, for tasks such as `@gospelib/content:test`. */
export async function checkReads(
  root: string,
  graph: ProjectGraph,
  tasks: readonly string[],
  readOf: (file: string) => ReadRecord | undefined = readRecord,
): Promise<ReadCheck> {
  const inputsOf = await targetInputs(graph, root);
  const repository: Repository = { files: repositoryFiles(root), outputs: allOutputs(graph) };
  const faults: string[] = [];
  let checked = 0;
  for (const task of tasks) {
    const [project = '', target = ''] = task.split(':');
    const inputs = inputsOf(project, target);
    const record = readOf(recordFile(root, inputs.projectRoot, kinds[target] ?? target));
    if (record === undefined) {
      faults.push(`${task} left no record of what its tests read`);
      continue;
    }
    checked += 1;
    faults.push(...undeclaredReads(record, inputs, repository).map((fault) => `${task} ${fault}`));
  }
  return { checked, faults };
}

/** Every test task of the workspace that records what it reads. */
export function recordedTasks(graph: ProjectGraph): readonly string[] {
  return Object.entries(graph.nodes).flatMap(([project, { data }]) =>
    Object.keys(kinds)
      .filter((target) => data.targets?.[target] !== undefined)
      .map((target) => `${project}:${target}`),
  );
}

function repositoryFiles(root: string): ReadonlySet<string> {
  const listed = execFileSync(
    'git',
    ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  return new Set(listed.split('\0').filter((file) => file !== ''));
}
