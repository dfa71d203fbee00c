import type { ProjectGraph } from 'nx/src/config/project-graph';
import { filterAffected } from 'nx/src/project-graph/affected/affected-project-graph';
import { calculateFileChanges } from 'nx/src/project-graph/file-utils';
import type { TargetInputs } from '../reads/target.inputs.ts';

/** Targets such as `@gospelib/content:test` that `nx affected` runs when these files are touched, as Nx answers it. */
export async function affectedTargets(
  graph: ProjectGraph,
  files: readonly string[],
): Promise<readonly string[]> {
  // Any change of content will do: what a lockfile changed is not asked, since its whole text is an input.
  const changes = calculateFileChanges([...files], {}, (_, revision) => `{ "at": "${revision}" }`);
  const { nodes } = await filterAffected(graph, changes);
  return targetsOf(nodes);
}

/** Files that changed: those that are there, and those that were deleted. */
export interface Changed {
  there: readonly string[];
  gone: readonly string[];
}

/**
 * Targets whose inputs changed. Of what is gone Nx lists no input any more: then all targets of each project count that
 * `nx affected` names.
 */
export async function affectedBy(
  graph: ProjectGraph,
  inputsOf: (project: string, target: string) => Pick<TargetInputs, 'files'>,
  { there, gone }: Changed,
): Promise<readonly string[]> {
  const touched = new Set(gone.length === 0 ? [] : await affectedTargets(graph, gone));
  for (const task of allTargets(graph)) {
    const at = task.lastIndexOf(':');
    const { files } = inputsOf(task.slice(0, at), task.slice(at + 1));
    if (there.some((file) => files.has(file))) touched.add(task);
  }
  return [...touched].toSorted();
}

/** Every target of the workspace. */
export function allTargets(graph: ProjectGraph): readonly string[] {
  return targetsOf(graph.nodes);
}

function targetsOf(nodes: ProjectGraph['nodes']): readonly string[] {
  return Object.entries(nodes).flatMap(([project, { data }]) =>
    Object.keys(data.targets ?? {}).map((target) => `${project}:${target}`),
  );
}
