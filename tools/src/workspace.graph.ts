import type { ProjectGraph } from 'nx/src/config/project-graph';
import { createProjectGraphAsync } from 'nx/src/project-graph/project-graph';

/** Nx's picture of the workspace, made in this process: no daemon that could outlive it. */
export function workspaceGraph(): Promise<ProjectGraph> {
  process.env.NX_DAEMON = 'false';
  process.env.NX_ISOLATE_PLUGINS = 'false';
  return createProjectGraphAsync();
}
