import { resolve } from 'node:path';
import { workspaceGraph } from '../workspace.graph.ts';
import { checkReads, recordedTasks } from './read.check.ts';

/** Arguments: the test tasks that ran or came from the cache, as `<project>:<target>`; without any, all of the workspace. */
const graph = await workspaceGraph();
const wanted = process.argv.slice(2);
const { checked, faults } = await checkReads(
  resolve(import.meta.dirname, '../../..'),
  graph,
  wanted.length > 0 ? wanted : recordedTasks(graph),
);

for (const fault of faults) console.error(fault);
console.log(`inputs: ${checked} targets, ${faults.length} faults`);
process.exit(faults.length > 0 || checked === 0 ? 1 : 0);
