import type { ProjectGraph } from 'nx/src/config/project-graph';
import { filterAffected } from 'nx/src/project-graph/affected/affected-project-graph';
import { calculateFileChanges } from 'nx/src/project-graph/file-utils';

/** Targets such as `@gospelib/content:test` that `nx affected` runs when these files are touched, as Nx answers it. */
export async function affectedTargets(
  graph: ProjectGraph,
  files: readonly string[],
): Promise<readonly string[]> {
  // Any change of content will do: what a lockfile changed is not asked, since its whole text is an input.
  const changes = calculateFileChanges([...files], {}, (_, revision) => `{ "at": "${revision}" }`);
  const { nodes } = await filterAffected(graph, changes);
  return Object.entries(nodes).flatMap(([project, { data }]) =>
    Object.keys(data.targets ?? {}).map((target) => `${project}:${target}`),
  );
}
