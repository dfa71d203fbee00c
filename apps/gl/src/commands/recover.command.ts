import { confirmLoss, OperatorError } from '@gospelib/cli-kit';
import colors from 'picocolors';
import type { Config } from '../config.ts';
import type { Incident, Round } from '../recover/incident.ts';
import type { Plan, PlannedStep } from '../recover/plans/plan.ts';
import { recover as run } from '../recover/recover.ts';

export interface RecoverOptions {
  execute?: boolean;
  acceptDataLoss?: boolean;
  json?: boolean;
}

/**
 * Looks at everything, says what is wrong and what would help; does it with `--execute`.
 * Exit code 0 when nothing is wrong (any more), 1 otherwise.
 */
export async function recover(config: Config, options: RecoverOptions): Promise<number> {
  const execute = options.execute === true;
  const incident = await run(config, {
    execute,
    agrees: (plan) => agrees(plan, options.acceptDataLoss),
    say: (line) => console.error(line),
  });
  if (options.json === true) console.log(JSON.stringify(incident, null, 2));
  else console.log(render(incident, execute));
  return incident.outcome === 'healthy' || incident.outcome === 'recovered' ? 0 : 1;
}

/** Nobody there, or another word, is a no. */
async function agrees({ row, mayLose }: Plan, accepted: boolean | undefined): Promise<boolean> {
  console.error(`This may lose ${mayLose}.`);
  try {
    await confirmLoss(row, { accepted });
    return true;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    console.error(error.message);
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
