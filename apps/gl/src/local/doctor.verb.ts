import { exitCodes, printResult } from '@gospelib/cli-kit';
import type { Finding } from '@gospelib/supervisor';
import colors from 'picocolors';
import type { PrintOptions, Verb } from '../verb.ts';

const signs = {
  ok: colors.green('✓'),
  warning: colors.yellow('!'),
  fault: colors.red('✗'),
} as const;

/** Looks the machine over. Exit code 3 when something will not work. */
export const doctor: Verb = (program, run) =>
  program
    .command('doctor')
    .description('say what is wrong with this machine and what to do')
    .option('--json', 'as JSON')
    .action(
      run(async ({ config }, { json }: PrintOptions) => {
        const { examineMachine } = await import('@gospelib/supervisor');
        const findings = await examineMachine(config);
        printResult(json, { findings }, () => render(findings));
        const faulty = findings.some(({ level }) => level === 'fault');
        return faulty ? exitCodes.repairable : exitCodes.well;
      }),
    );

function render(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  const lines = findings.map(({ what, level, text, remedy }) => {
    const indent = ' '.repeat(width + 4);
    const advice = remedy === undefined ? '' : `\n${indent}→ ${remedy}`;
    return `${signs[level]} ${what.padEnd(width)}  ${text.replaceAll('\n', `\n${indent}`)}${advice}`;
  });
  const faults = findings.filter(({ level }) => level === 'fault').length;
  const last =
    faults === 0
      ? 'Nothing is in the way.'
      : `${faults} fault${faults === 1 ? '' : 's'} to repair.`;
  return `${lines.join('\n')}\n${last}`;
}
