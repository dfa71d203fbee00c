import { OperatorError } from '@gospelib/cli-kit';
import { spawnChild } from '@gospelib/processes';

import { nxCommand, type Workspace } from './nx.command.ts';

/** Builds those of the projects that changed since they were built last; Nx knows. @throws OperatorError with Nx's words */
export async function buildProjects(
  workspace: Workspace,
  projects: readonly string[],
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const lines: string[] = [];
  const nx = await spawnChild({
    ...nxCommand(workspace, [
      'run-many',
      '-t',
      'build',
      '-p',
      ...projects,
      '--output-style=static',
    ]),
    log: (line) => {
      lines.push(line);
      const project = line.match(/^> nx run (\S+):build(.*)$/);
      if (project !== null && !project[2]?.includes('[')) say(`building ${project[1]}…`);
    },
  });
  const stop = () => void nx.stop();
  signal.addEventListener('abort', stop, { once: true });
  const { code } = await nx.exited;
  signal.removeEventListener('abort', stop);
  if (code !== 0) throw new OperatorError(`The build failed:\n${lines.slice(-60).join('\n')}`);
}
