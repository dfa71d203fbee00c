import { OperatorError } from '@gospelib/cli-kit';
import { endWithOwner } from '@gospelib/processes';
import type { SupervisorMessage } from '@gospelib/supervisor';
import type { Verb } from '../verb.ts';
import { supervisePlatform } from './up.verb.ts';

/** `up --detach`'s other half: runs a platform in the background and tells who started it how it goes. */
export const supervise: Verb = (program, run) =>
  program.command('supervise', { hidden: true }).action(
    run(async (context) => {
      endWithOwner();
      const tell = (message: SupervisorMessage) => {
        if (process.connected) process.send?.(message, undefined, undefined, () => {}); // it may have gone
      };
      try {
        return await supervisePlatform(
          context,
          {
            say: (line) => tell({ kind: 'say', line }),
            progress: (progress) => tell({ kind: 'progress', progress }),
            progressEnded: () => tell({ kind: 'progressEnded' }),
          },
          (unready) => tell({ kind: 'ready', unready }),
        );
      } catch (error) {
        console.error(error instanceof OperatorError ? error.message : error); // to gl.log
        tell({ kind: 'failed', reason: (error as Error).message });
        return 1;
      }
    }),
  );
