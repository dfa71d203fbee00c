import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes, printResult, renderTable } from '@gospelib/cli-kit';
import { folders } from '@gospelib/supervisor';
import colors from 'picocolors';
import { type PrintOptions, parseCount, say, type Verb } from '../verb.ts';

interface VerifyFlags extends PrintOptions {
  seconds: number;
}

/** Sends one of each signal and finds it again. Exit code 3 when one was lost. */
export const observeVerify: Verb = (observe, run) =>
  observe
    .command('verify')
    .description('send one of each signal and find it again; exit code 3 when one is lost')
    .option('--seconds <n>', 'how long it may take to arrive', parseCount, 90)
    .option('--json', 'as JSON')
    .action(
      run(async ({ config }, { json, seconds }: VerifyFlags) => {
        const { localStack, verifyStack } = await import('@gospelib/observability');
        say(`sending one of each signal, and looking for it for up to ${seconds} s…`);
        mkdirSync(folders.logs(config), { recursive: true });
        const signals = await verifyStack(localStack, {
          timeoutMs: seconds * 1000,
          writeLog: (line) =>
            appendFileSync(join(folders.logs(config), 'observe-verify.log'), `${line}\n`),
        });
        printResult(json, { signals }, () =>
          renderTable(
            [{ head: 'signal' }, { head: 'way' }, { head: 'arrived' }],
            signals.map(({ signal, way, found }) => [
              signal,
              way,
              found ? colors.green('yes') : colors.red('no'),
            ]),
          ),
        );
        return signals.every(({ found }) => found) ? exitCodes.well : exitCodes.repairable;
      }),
    );
