import {
  confirmLoss,
  type ExitCode,
  exitCodes,
  OperatorError,
  printResult,
} from '@gospelib/cli-kit';
import type { Incident, Part, Plan, PlannedStep, Round } from '@gospelib/recovery';
import { InvalidArgumentError } from 'commander';
import colors from 'picocolors';
import { type PrintOptions, say, type Verb } from '../verb.ts';

/** Written out, since the package is loaded when it is needed; its type tells when one is missing. */
const parts = Object.keys({
  infrastructure: true,
  services: true,
  release: true,
  graph: true,
  database: true,
  backups: true,
  disk: true,
} satisfies Record<Part, true>) as Part[];

interface RecoverOptions extends PrintOptions {
  execute?: boolean;
  acceptDataLoss?: boolean;
  infrastructure?: boolean;
  only?: Part[];
  /** `--no-wait` */
  wait: boolean;
}

/** Looks at everything, says what is wrong and what would help; does it with `--execute`. */
export const recover: Verb = (program, run) =>
  program
    .command('recover')
    .description('look at everything, say what is wrong, propose what helps, and do it')
    .option('--execute', 'do what is proposed; without it nothing is changed')
    .option('--accept-data-loss', 'agree to lose what a plan says it may lose (else it asks)')
    .option(
      '--only <parts>',
      `look at these alone, joined by commas: ${parts.join(', ')}; readers wait for a bad release`,
      parseParts,
    )
    .option(
      '--infrastructure',
      'and at what the environment stands on, at the provider: with terraform and your credentials',
    )
    .option('--no-wait', 'fail when another recovery is at work, instead of waiting for it')
    .option('--json', 'the incident as JSON')
    .action(
      run(async (context, options: RecoverOptions) => {
        const { environment } = context;
        const [{ recover }, { environmentDelivery }, { environmentProvider }] = await Promise.all([
          import('@gospelib/recovery'),
          import('./environment.delivery.ts'),
          import('./environment.provider.ts'),
        ]);
        const incident = await recover(environment, {
          execute: options.execute === true,
          noWait: !options.wait,
          delivery: environmentDelivery(context),
          provider:
            options.infrastructure === true || options.only?.includes('infrastructure')
              ? await environmentProvider(context)
              : undefined,
          only: options.only,
          agrees: (plan) => agrees(plan, options.acceptDataLoss),
          say,
          found: (round) => renderFindings(round).forEach(say),
        });
        printResult(options.json, incident, () => render(incident));
        return exitCodeOf(incident);
      }),
    );

function parseParts(text: string): Part[] {
  const names = text.split(',');
  const known = parts.filter((part) => names.includes(part));
  if (known.length === names.length) return known;
  throw new InvalidArgumentError(`of ${parts.join(', ')}`);
}

function exitCodeOf({ outcome, rounds, executed }: Incident): ExitCode {
  if (outcome === 'healthy' || outcome === 'recovered') return exitCodes.well;
  if (outcome === 'refused') return exitCodes.refused;
  if (outcome === 'unknown') return exitCodes.unknown;
  const proposed = rounds.at(-1)?.plans.some(({ refused }) => refused === undefined) === true;
  return !executed && proposed ? exitCodes.repairable : exitCodes.failed;
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

function render(incident: Incident): string {
  const { executed, servedSeconds } = incident;
  const last = incident.rounds.at(-1);
  if (last === undefined) return '';
  const lines = [...renderFindings(last), ...(executed ? [] : last.plans.flatMap(renderPlan))];
  const many = last.plans.length > 0 && !executed;
  const served =
    servedSeconds === undefined ? '' : `; readers were served after ${servedSeconds.toFixed(1)} s`;
  const end = {
    healthy: many ? 'Nothing is wrong with what is served.' : 'Nothing is wrong.',
    recovered: `Recovered in ${incident.seconds.toFixed(1)} s${served}.`,
    refused: 'Nothing more is done without a person.',
    failed: executed ? 'Not recovered.' : 'Something is wrong.',
    unknown: 'Whether anything is wrong is not known: not everything could be looked at.',
  }[incident.outcome];
  const hint = many ? ' `./gl recover --execute` does what is proposed.' : '';
  return [...lines, colors.bold(end) + hint].join('\n');
}

const signs = { fault: colors.red('✗'), warning: colors.yellow('!'), unknown: colors.yellow('?') };

function renderFindings({ findings }: Round): string[] {
  return findings.flatMap(({ level, text, details = [] }) => [
    `${signs[level]} ${text}`,
    ...details.map((detail) => `    ${detail}`),
  ]);
}

function renderPlan({ when, steps, expectedSeconds, mayLose, refused }: Plan): string[] {
  if (refused !== undefined) return [`→ ${when}. ${colors.yellow('Refused:')} ${refused}`];
  return [
    `→ ${when}. Proposed, about ${expectedSeconds} s:`,
    ...steps.flatMap((step, i) => renderStep(step, `    ${i + 1}. `)),
    mayLose === undefined
      ? '    Nothing that is there is lost.'
      : `    ${colors.yellow(`May lose ${mayLose}: needs --accept-data-loss.`)}`,
  ];
}

function renderStep({ says, otherwise }: PlannedStep, prefix: string): string[] {
  const rest = otherwise === undefined ? [] : renderStep(otherwise, '       otherwise: ');
  return [`${prefix}${says}`, ...rest];
}
