import { join } from 'node:path';
import { runProgram } from '../child.program.ts';
import { passThrough, type Verb } from '../verb.ts';

/** Measures the platform: the benchmark of the whole-system tests, with its own flags. */
export const bench: Verb = (program, run) =>
  passThrough(program, 'bench', 'measure the platform (--help tells its flags)').action(
    run(async ({ config }, _options: unknown, { args }: { args: string[] }) =>
      runProgram(config, join(config.root, 'e2e/src/bench/main.ts'), args),
    ),
  );
