import type { Environment } from '@gospelib/environment';
import { type DoneStep, type Incident, type Round, writeIncident } from './incident.ts';
import type { Plan, PlannedStep } from './rules/rule.ts';
import { choosePlans } from './rules/rules.ts';
import { takeSnapshot } from './snapshot/snapshot.take.ts';
import type { Snapshot } from './snapshot/snapshot.types.ts';
import type { Step, StepContext } from './steps/step.ts';
import { steps } from './steps/steps.ts';

/** What is looked at again after each plan may show what could not be seen before; more often it goes in circles. */
const ROUNDS = 5;

export interface RecoverOptions {
  execute: boolean;
  /** Whether a person agrees to lose what a plan may lose. Asked once a plan. */
  agrees(plan: Plan): Promise<boolean>;
  say(line: string): void;
}

/** What looking and doing stand on, so that the order of things is tested without stores. */
export interface Dependencies {
  takeSnapshot(environment: Environment): Promise<Snapshot>;
  steps: Readonly<Record<PlannedStep['step'], Step>>;
}

/**
 * Looks, proposes, and when it is to execute: does it, looks again, until nothing is wrong or nothing more can be done.
 * Whatever is killed here is found as it is by the next run, which looks anew.
 */
export async function recover(
  environment: Environment,
  options: RecoverOptions,
  dependencies: Dependencies = { takeSnapshot, steps },
): Promise<Incident> {
  const start = performance.now();
  const startedAt = new Date().toISOString();
  const rounds: Round[] = [];
  let outcome: Incident['outcome'] | undefined;
  while (outcome === undefined) {
    const round = await lookAndPlan(environment, dependencies);
    outcome = judge(round, rounds, options.execute);
    rounds.push(round);
    if (outcome === undefined) outcome = await carryOut(environment, round, options, dependencies);
  }
  const seconds = (performance.now() - start) / 1000;
  const incident: Incident = { startedAt, seconds, outcome, rounds };
  if (rounds.some((round) => round.steps.length > 0)) {
    options.say(`The incident is recorded in ${writeIncident(environment, incident)}.md`);
  }
  return incident;
}

async function lookAndPlan(environment: Environment, dependencies: Dependencies): Promise<Round> {
  const at = new Date().toISOString();
  const found = await dependencies.takeSnapshot(environment);
  return {
    at,
    lookSeconds: found.seconds,
    findings: found.findings,
    plans: choosePlans(found),
    steps: [],
  };
}

/** The end of it, before anything is done in this round; undefined when there is something to do. */
function judge(
  { findings, plans }: Round,
  before: readonly Round[],
  execute: boolean,
): Incident['outcome'] | undefined {
  const faulty = findings.some(({ level }) => level === 'fault');
  if (plans.length === 0) return faulty ? 'failed' : before.length > 0 ? 'recovered' : 'healthy';
  if (!execute) return faulty ? 'failed' : 'healthy';
  const doable = plans.filter(({ refused }) => refused === undefined);
  if (doable.length === 0) return 'refused';
  const last = before.at(-1);
  const circling = last !== undefined && nameAll(last.plans) === nameAll(plans);
  return circling || before.length >= ROUNDS ? 'failed' : undefined;
}

function nameAll(plans: readonly Plan[]): string {
  return JSON.stringify(plans.map(({ rule, steps: planned }) => [rule, planned]));
}

/** Undefined when all of it was done: then it is looked at again. */
async function carryOut(
  environment: Environment,
  round: Round,
  { agrees, say }: RecoverOptions,
  dependencies: Dependencies,
): Promise<Incident['outcome'] | undefined> {
  for (const plan of round.plans) {
    if (plan.refused !== undefined) {
      say(`Refused: ${plan.refused}`);
      continue;
    }
    const agreed = plan.mayLose === undefined || (await agrees(plan));
    if (!agreed) {
      say(`Not done without agreement: it may lose ${plan.mayLose}.`);
      return 'refused';
    }
    const context: StepContext = { environment, say, acceptDataLoss: plan.mayLose !== undefined };
    for (const planned of plan.steps) {
      const note = (step: Omit<DoneStep, 'rule'>) => round.steps.push({ rule: plan.rule, ...step });
      if (!(await tryStep(planned, context, note, dependencies))) return 'failed';
    }
  }
  return undefined;
}

/** Does a step, and what is to be done instead when it fails. False when none of it worked. */
async function tryStep(
  { step, subject, says, otherwise }: PlannedStep,
  context: StepContext,
  note: (step: Omit<DoneStep, 'rule'>) => void,
  dependencies: Dependencies,
): Promise<boolean> {
  const start = performance.now();
  const at = new Date().toISOString();
  context.say(`${says}…`);
  let ok = true;
  let result: string;
  try {
    result = await dependencies.steps[step](context, subject);
  } catch (error) {
    ok = false;
    result = (error as Error).message;
  }
  const seconds = (performance.now() - start) / 1000;
  note({ says, at, seconds, ok, result });
  context.say(`  ${ok ? '✓' : '✗'} ${result} (${seconds.toFixed(1)} s)`);
  if (ok) return true;
  return otherwise !== undefined && tryStep(otherwise, context, note, dependencies);
}
