import colors from 'picocolors';
import type { Config } from '../config.ts';
import type { Check, Finding } from '../doctor/finding.ts';
import { checkMachine } from '../doctor/machine.check.ts';
import { checkRunning } from '../doctor/running.check.ts';
import { checkStores } from '../doctor/stores.check.ts';
import { checkTools } from '../doctor/tools.check.ts';

const checks: readonly Check[] = [checkTools, checkMachine, checkStores, checkRunning];

const marks = {
  ok: colors.green('✓'),
  warning: colors.yellow('!'),
  fault: colors.red('✗'),
} as const;

/** Looks the machine over. Exit code 1 when something will not work. */
export async function doctor(config: Config, options: { json?: boolean }): Promise<number> {
  const findings = (await Promise.all(checks.map((check) => check(config)))).flat();
  console.log(options.json === true ? JSON.stringify(findings, null, 2) : render(findings));
  return findings.some(({ level }) => level === 'fault') ? 1 : 0;
}

function render(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  const lines = findings.map(({ what, level, text, remedy }) => {
    const indent = ' '.repeat(width + 4);
    const advice = remedy === undefined ? '' : `\n${indent}→ ${remedy}`;
    return `${marks[level]} ${what.padEnd(width)}  ${text.replaceAll('\n', `\n${indent}`)}${advice}`;
  });
  const faults = findings.filter(({ level }) => level === 'fault').length;
  const last =
    faults === 0 ? 'Nothing is in the way.' : `${faults} thing${faults === 1 ? '' : 's'} to mend.`;
  return `${lines.join('\n')}\n${last}`;
}
