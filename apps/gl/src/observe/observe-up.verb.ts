import { mkdirSync } from 'node:fs';
import { serviceNames } from '@gospelib/platform';
import { compose } from '@gospelib/processes';
import { folders, noteAgent } from '@gospelib/supervisor';
import { say, type Verb } from '../verb.ts';
import { stackOf } from './stack.settings.ts';

/** Starts the stack beside the platform; services that run are restarted, so that they send to it. */
export const observeUp: Verb = (observe, run) =>
  observe
    .command('up')
    .description('start Grafana and what it shows, in Docker, and let the services send to it')
    .option('--dry-run', 'say what would be started')
    .action(
      run(async ({ config, environment }, { dryRun }: { dryRun?: boolean }) => {
        const { localStack } = await import('@gospelib/observability');
        const stack = stackOf(config);
        if (dryRun === true) {
          await compose(stack, 'config', '--images');
          return 0;
        }
        mkdirSync(folders.logs(config), { recursive: true });
        say(
          'starting Alloy, Prometheus, Pushgateway, Alertmanager, Loki, Tempo, Pyroscope and Grafana…',
        );
        await compose(stack, 'up', '--detach', '--wait');
        const { otlp, faro, pushgateway, pyroscope } = localStack;
        noteAgent(config, { otlp, faro, jobs: pushgateway, profiles: pyroscope });
        const { processes } = await environment.status();
        const services = serviceNames(config.catalogue);
        for (const { name } of processes.filter((one) => services.includes(one.name))) {
          say(`restarting ${name}, so that it sends to Alloy…`);
          await environment.restart(name);
        }
        console.log(
          `Grafana: ${localStack.grafana}. \`./gl observe verify\` sends one of each signal.`,
        );
        return 0;
      }),
    );
