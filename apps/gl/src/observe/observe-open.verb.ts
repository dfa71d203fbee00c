import { spawn } from 'node:child_process';
import type { Verb } from '../verb.ts';

/** Opens Grafana, or says where it is. */
export const observeOpen: Verb = (observe, run) =>
  observe
    .command('open')
    .description('open Grafana in a browser')
    .action(
      run(async () => {
        const { localStack } = await import('@gospelib/observability');
        console.log(localStack.grafana);
        const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
        // Where there is no browser the address was said.
        spawn(opener, [localStack.grafana], { stdio: 'ignore', detached: true })
          .once('error', () => undefined)
          .unref();
        return 0;
      }),
    );
