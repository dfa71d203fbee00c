import { join } from 'node:path';
import { runProgram } from '../child.program.ts';
import { passThrough, type Verb } from '../verb.ts';

/** Breaks a stack of its own under readers and writers: a program of the whole-system tests, with its own flags. */
export const drill: Verb = (program, run) =>
  passThrough(
    program,
    'drill',
    'break a stack of its own under readers and writers, and see it recovered (--help tells its flags)',
  ).action(
    run(async ({ config }, _options: unknown, { args }: { args: string[] }) =>
      runProgram(config, join(config.root, 'e2e/src/drills/main.ts'), args),
    ),
  );
