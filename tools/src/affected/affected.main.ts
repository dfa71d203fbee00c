import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { targetInputs } from '../reads/target.inputs.ts';
import { workspaceGraph } from '../workspace.graph.ts';
import { affectedBy, allTargets } from './affected.targets.ts';

/** Argument: a commit. Prints the targets whose inputs changed since then as JSON; without one, all of the workspace. */
const [base] = process.argv.slice(2);
const root = resolve(import.meta.dirname, '../../..');

function changed(kind: string): string[] {
  const how = ['--name-only', '--no-renames', '-z', `--diff-filter=${kind}`];
  const text = execFileSync('git', ['diff', ...how, base ?? '', 'HEAD'], {
    cwd: root,
    encoding: 'utf8',
  });
  return text.split('\0').filter(Boolean);
}

const graph = await workspaceGraph();
const targets =
  base === undefined
    ? allTargets(graph)
    : await affectedBy(graph, await targetInputs(graph, root), {
        there: changed('d'),
        gone: changed('D'),
      });
console.log(JSON.stringify(targets));
process.exit(0);
