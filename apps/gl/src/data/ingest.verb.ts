import { join } from 'node:path';
import { platform } from '@gospelib/platform';
import { ingestFolder } from '@gospelib/supervisor';
import { buildProjects } from '@gospelib/workspace';
import { runProgram } from '../child.program.ts';
import { recorded } from '../ship/operation.record.ts';
import { passThrough, say, type Verb } from '../verb.ts';

const storeless = ['--help', '-h', '--dry-run'];

/** Runs the ingest job with its own flags, against the graph store of the environment. */
export const ingest: Verb = (program, run) =>
  passThrough(program, 'ingest', 'read the sources into the graph (--help tells its flags)').action(
    run(async (context, _options: unknown, { args }: { args: string[] }) => {
      const { config, environment } = context;
      const changes = !storeless.some((flag) => args.includes(flag));
      if (context.isCluster && changes) {
        await context.confirmChange();
        const intent = { environment: environment.name, verb: 'ingest', why: context.why };
        const what = args.join(' ') || 'the default corpus';
        return recorded(context, { ...intent, what }, async () => {
          await environment.runJob('ingest', { say, progress: () => {} }, args);
          return { result: 'ended with 0', value: 0 };
        });
      }
      const main = join(ingestFolder(config), 'dist/main.js');
      await buildProjects(config, ['@gospelib/ingest'], say, new AbortController().signal);
      if (!changes) return runProgram(config, main, args);
      const { addressVariable } = platform.stores.falkordb;
      return environment.withStore('falkordb', (url) =>
        runProgram(config, main, args, { [addressVariable]: url }),
      );
    }),
  );
