import { OperatorError } from '@gospelib/cli-kit';
import { endWithOwner } from '@gospelib/processes';
import type { Config } from '../config.ts';
import type { Message } from '../supervisor/detached.ts';
import { runPlatform } from './up.command.ts';

/** `up --detach`'s other half: runs a platform in the background and tells who started it how it goes. */
export async function supervise(config: Config): Promise<number> {
  endWithOwner();
  const tell = (message: Message) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => {}); // it may have gone
  };
  try {
    return await runPlatform(
      config,
      {
        say: (line) => tell({ kind: 'say', line }),
        progress: (progress) => tell({ kind: 'progress', progress }),
        progressEnded: () => tell({ kind: 'progressEnded' }),
      },
      () => tell({ kind: 'ready' }),
    );
  } catch (error) {
    const expected = error instanceof OperatorError;
    console.error(expected ? error.message : error); // to gl.log
    tell({ kind: 'failed', reason: (error as Error).message });
    return 1;
  }
}
