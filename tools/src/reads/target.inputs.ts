import type { ProjectGraph } from 'nx/src/config/project-graph';
import { HashPlanInspector } from 'nx/src/hasher/hash-plan-inspector';

/** What Nx hashes to decide whether a target must run again. */
export interface TargetInputs {
  readonly project: string;
  readonly projectRoot: string;
  readonly files: ReadonlySet<string>;
  /** Folders that targets which run before this one make, and whose content is hashed. */
  readonly outputs: readonly string[];
}

/** Asks Nx itself, target by target. */
export async function targetInputs(
  graph: ProjectGraph,
  root: string,
): Promise<(project: string, target: string) => TargetInputs> {
  const inspector = new HashPlanInspector(graph, root);
  await inspector.init();
  return (project, target) => {
    const id = `${project}:${target}`;
    const plans = inspector.inspectTaskInputs({ project, target });
    const plan = plans[id];
    if (plan === undefined) throw new Error(`Nx knows no task ${id}`);
    const before = Object.keys(plans).filter((task) => task !== id);
    return {
      project,
      projectRoot: rootOf(graph, project),
      files: new Set(plan.files),
      outputs: plan.depOutputs.length === 0 ? [] : before.flatMap((task) => outputsOf(graph, task)),
    };
  };
}

/** Every folder or file that a target of the workspace makes. */
export function allOutputs(graph: ProjectGraph): readonly string[] {
  return Object.entries(graph.nodes).flatMap(([project, { data }]) =>
    Object.keys(data.targets ?? {}).flatMap((target) => outputsOf(graph, `${project}:${target}`)),
  );
}

function outputsOf(graph: ProjectGraph, task: string): readonly string[] {
  const at = task.lastIndexOf(':');
  const project = task.slice(0, at);
  const outputs = graph.nodes[project]?.data.targets?.[task.slice(at + 1)]?.outputs ?? [];
  return outputs.map((output) =>
    output.replace('{workspaceRoot}/', '').replace('{projectRoot}', rootOf(graph, project)),
  );
}

function rootOf(graph: ProjectGraph, project: string): string {
  const node = graph.nodes[project];
  if (node === undefined) throw new Error(`Nx knows no project ${project}`);
  return node.data.root;
}
