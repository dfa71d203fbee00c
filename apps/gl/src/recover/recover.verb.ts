import {
  confirmLoss,
  type ExitCode,
  exitCodes,
  OperatorError,
  printResult,
} from '@gospelib/cli-kit';
import type { Incident, Plan, PlannedStep, Round } from '@gospelib/recovery';
import colors from 'picocolors';
import { type PrintOptions, say, type Verb } from '../verb.ts';

interface RecoverOptions extends PrintOptions {
  execute?: boolean;
  acceptDataLoss?: boolean;
}

/** Looks at everything, says what is wrong and what would help; does it with `--execute`. */
export const recover: Verb = (program, run) =>
  program
    .command('recover')
    .description('look at everything, say what is wrong, propose what helps, and do it')
    .option('--execute', 'do what is proposed; without it nothing is changed')
    .option('--accept-data-loss', 'agree to lose what a plan says it may lose (else it asks)')
    .option('--json', 'the incident as JSON')
    .action(
      run(async ({ environment }, options: RecoverOptions) => {
        const { recover } = await import('@gospelib/recovery');
        const execute = options.execute === true;
        const incident = await recover(environment, {
          execute,
          agrees: (plan) => agrees(plan, options.acceptDataLoss),
          say,
        });
        printResult(options.json, incident, () => render(incident, execute));
        return exitCodeOf(incident, execute);
      }),
    );

function exitCodeOf({ outcome, rounds }: Incident, execute: boolean): ExitCode {
  if (outcome === 'healthy' || outcome === 'recovered') return exitCodes.well;
  if (outcome === 'refused') return exitCodes.refused;
  const proposed = rounds.at(-1)?.plans.some(({ refused }) => refused === undefined) === true;
  return !execute && proposed ? exitCodes.repairable : exitCodes.failed;
}

/** Nobody there, or another word, is a no. */
async function agrees({ rule, mayLose }: Plan, accepted: boolean | undefined): Promise<boolean> {
  say(`This may lose ${mayLose}.`);
  try {
    await confirmLoss(rule, { accepted });
    return true;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    say(error.message);
    return false;
  }
}

function render(incident: Incident, execute: boolean): string {
  const last = incident.rounds.at(-1);
  if (last === undefined) return '';
  const lines = [...renderFindings(last), ...(execute ? [] : last.plans.flatMap(renderPlan))];
  const many = last.plans.length > 0 && !execute;
  const end = {
    healthy: many ? 'Nothing is wrong with what is served.' : 'Nothing is wrong.',
    recovered: `Recovered in ${incident.seconds.toFixed(1)} s.`,
    refused: 'Nothing more is done without a person.',
    failed: execute ? 'Not recovered.' : 'Something is wrong.',
  }[incident.outcome];
  const hint = many ? ' `./gl recover --execute` does what is proposed.' : '';
  return [...lines, colors.bold(end) + hint].join('\n');
}

function renderFindings({ findings }: Round): string[] {
  return findings.flatMap(({ level, text, details = [] }) => [
    `${level === 'fault' ? colors.red('✗') : colors.yellow('!')} ${text}`,
    ...details.map((detail) => `    ${detail}`),
  ]);
}

function renderPlan({ when, steps, expectedSeconds, mayLose, refused }: Plan): string[] {
  if (refused !== undefined) return [`→ ${when}. ${colors.yellow('Refused:')} ${refused}`];
  return [
    `→ ${when}. Proposed, about ${expectedSeconds} s:`,
    ...steps.flatMap((step, i) => renderStep(step, `    ${i + 1}. `)),
    mayLose === undefined
      ? '    Nothing is lost.'
      : `    ${colors.yellow(`May lose ${mayLose}: needs --accept-data-loss.`)}`,
  ];
}

function renderStep({ says, otherwise }: PlannedStep, prefix: string): string[] {
  const rest = otherwise === undefined ? [] : renderStep(otherwise, '       otherwise: ');
  return [`${prefix}${says}`, ...rest];
}
