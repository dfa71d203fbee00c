import type { Environment } from '@gospelib/environment';
import type { Delivery } from './delivery.port.ts';
import { type DoneStep, type Incident, keepIncident, type Round } from './incident.ts';
import type { Provider } from './provider.port.ts';
import { areReadersServed } from './readers.served.ts';
import { takeTurn } from './recovery.turn.ts';
import type { Plan, PlannedStep } from './rules/rule.ts';
import { choosePlans } from './rules/rules.ts';
import type { Part } from './snapshot/probe.answer.ts';
import { type LookOptions, takeSnapshot } from './snapshot/snapshot.take.ts';
import type { Snapshot } from './snapshot/snapshot.types.ts';
import type { Step, StepContext } from './steps/step.ts';
import { steps } from './steps/steps.ts';

/** What is looked at again after each plan may show what could not be seen before; more often it goes in circles. */
const ROUNDS = 5;

export interface RecoverOptions {
  execute: boolean;
  /** Fails when another recovery is at work, instead of waiting for it. */
  noWait?: boolean;
  /** What delivers releases to the environment; undefined: nothing does. */
  delivery?: Delivery | undefined;
  /** What the environment stands on; undefined: it is not asked. */
  provider?: Provider | undefined;
  /** Looks at these parts alone: a bad release is found in a second, and readers wait. */
  only?: readonly Part[] | undefined;
  /** Whether a person agrees to lose what a plan may lose. Asked once a plan. */
  agrees(plan: Plan): Promise<boolean>;
  say(line: string): void;
  /** Told of each look, before anything is done about it. */
  found?(round: Round): void;
}

/** What looking and doing stand on, so that the order of things is tested without stores. */
export interface Dependencies {
  takeSnapshot(environment: Environment, options: LookOptions): Promise<Snapshot>;
  areReadersServed(environment: Environment): Promise<boolean>;
  steps: Readonly<Record<PlannedStep['step'], Step>>;
}

/**
 * Looks, proposes, and when it is to execute: does it, looks again, until nothing is wrong or nothing more can be done.
 * Whatever is killed here is found as it is by the next run, which looks anew.
 * @throws OperatorError when another recovery is at work on the same data
 */
export async function recover(
  environment: Environment,
  options: RecoverOptions,
  dependencies: Dependencies = { takeSnapshot, areReadersServed, steps },
): Promise<Incident> {
  if (!options.execute) return new Recovery(environment, options, dependencies).run();
  const { say, noWait = false } = options;
  const turn = await takeTurn(environment, { say, noWait });
  const execute = turn !== undefined;
  try {
    return await new Recovery(environment, { ...options, execute }, dependencies).run();
  } finally {
    await turn?.release();
  }
}

class Recovery {
  readonly #environment: Environment;
  readonly #options: RecoverOptions;
  readonly #dependencies: Dependencies;
  readonly #start = performance.now();
  readonly #startedAt = new Date().toISOString();
  readonly #rounds: Round[] = [];
  /** Rules whose plans nobody agreed to, and that can be left at that. */
  readonly #passedOver = new Set<string>();
  /** Seconds from the start until readers were answered well after a repair. */
  #served: number | undefined;

  constructor(environment: Environment, options: RecoverOptions, dependencies: Dependencies) {
    this.#environment = environment;
    this.#options = options;
    this.#dependencies = dependencies;
  }

  async run(): Promise<Incident> {
    const { execute, say } = this.#options;
    let outcome: Incident['outcome'] | undefined;
    while (outcome === undefined) {
      const round = await this.#look();
      const before = this.#rounds.slice(0, -1).map((one) => this.#left(one));
      outcome = judge(this.#left(round), before, execute);
      outcome ??= await this.#carryOut(round);
    }
    // What is shown last is how things are, not how they were before the last step.
    const unseen = (this.#rounds.at(-1)?.steps.length ?? 0) > 0;
    if (unseen && judge(this.#left(await this.#look()), this.#rounds, execute) === 'recovered') {
      outcome = 'recovered';
    }
    const incident: Incident = {
      startedAt: this.#startedAt,
      seconds: this.#seconds(),
      executed: execute,
      outcome,
      ...(this.#served !== undefined && { servedSeconds: this.#served }),
      rounds: this.#rounds,
    };
    if (this.#rounds.some((round) => round.steps.length > 0)) {
      say(keepIncident(this.#environment, incident));
    }
    return incident;
  }

  async #look(): Promise<Round> {
    const { say, found, execute, delivery, provider, only } = this.#options;
    const at = new Date().toISOString();
    const look = { say, delivery, provider, ...(only && { only }) };
    const snapshot = await this.#dependencies.takeSnapshot(this.#environment, look);
    const plans = choosePlans(snapshot);
    const { findings, seconds: lookSeconds } = snapshot;
    const round: Round = { at, lookSeconds, findings, plans, steps: [] };
    this.#rounds.push(round);
    if (execute) found?.(round);
    return round;
  }

  /** Without the plans that were passed over. */
  #left(round: Round): Round {
    return { ...round, plans: round.plans.filter(({ rule }) => !this.#passedOver.has(rule)) };
  }

  /** Undefined when all of it was done: then it is looked at again. */
  async #carryOut(round: Round): Promise<Incident['outcome'] | undefined> {
    const { agrees, say, delivery, provider } = this.#options;
    for (const plan of this.#left(round).plans) {
      if (plan.refused !== undefined) {
        say(`Refused: ${plan.refused}`);
        continue;
      }
      if (plan.area === 'backups') await this.#tellServed();
      const agreed = plan.mayLose === undefined || (await agrees(plan));
      if (!agreed && plan.optional) {
        say(`Passed over without agreement: ${plan.when}; it may be as readers wanted it.`);
        this.#passedOver.add(plan.rule);
        continue;
      }
      if (!agreed) {
        say(`Not done without agreement: it may lose ${plan.mayLose}.`);
        return 'refused';
      }
      const context: StepContext = {
        environment: this.#environment,
        delivery,
        provider,
        say,
        acceptDataLoss: plan.mayLose !== undefined,
      };
      for (const planned of plan.steps) {
        const note = (step: Omit<DoneStep, 'rule'>) =>
          round.steps.push({ rule: plan.rule, ...step });
        if (!(await this.#tryStep(planned, context, note))) return 'failed';
      }
    }
    await this.#tellServed();
    return undefined;
  }

  /** Once, after the first repair of what readers and writers need: routine work may follow for minutes. */
  async #tellServed(): Promise<void> {
    if (this.#served !== undefined || !this.#rounds.some(repaired)) return;
    if (!(await this.#dependencies.areReadersServed(this.#environment))) return;
    this.#served = this.#seconds();
    const time = new Date().toTimeString().slice(0, 'hh:mm:ss'.length);
    this.#options.say(
      `Readers are served again at ${time} (${this.#served.toFixed(1)} s after the start).`,
    );
  }

  /** Does a step, and what is to be done instead when it fails. False when none of it worked. */
  async #tryStep(
    { step, subject, says, otherwise }: PlannedStep,
    context: StepContext,
    note: (step: Omit<DoneStep, 'rule'>) => void,
  ): Promise<boolean> {
    const start = performance.now();
    const at = new Date().toISOString();
    context.say(`${says}…`);
    let ok = true;
    let result: string;
    try {
      result = await this.#dependencies.steps[step](context, subject);
    } catch (error) {
      ok = false;
      result = (error as Error).message;
    }
    const seconds = (performance.now() - start) / 1000;
    note({ says, at, seconds, ok, result });
    context.say(`  ${ok ? '✓' : '✗'} ${result} (${seconds.toFixed(1)} s)`);
    if (ok) return true;
    return otherwise !== undefined && this.#tryStep(otherwise, context, note);
  }

  #seconds(): number {
    return (performance.now() - this.#start) / 1000;
  }
}

/** The end of it, before anything is done in this round; undefined when there is something to do. */
function judge(
  { findings, plans }: Round,
  before: readonly Round[],
  execute: boolean,
): Incident['outcome'] | undefined {
  const has = (level: string) => findings.some((finding) => finding.level === level);
  const worst = has('fault') ? 'failed' : has('unknown') ? 'unknown' : undefined;
  const didSomething = before.some(({ steps }) => steps.length > 0);
  if (plans.length === 0) return worst ?? (didSomething ? 'recovered' : 'healthy');
  if (!execute) return worst ?? 'healthy';
  const doable = plans.filter(({ refused }) => refused === undefined);
  if (doable.length === 0) return 'refused';
  const last = before.at(-1);
  const circling = last !== undefined && nameAll(last.plans) === nameAll(plans);
  return circling || before.length >= ROUNDS ? 'failed' : undefined;
}

function repaired({ plans, steps }: Round): boolean {
  const routine = plans.filter(({ area }) => area === 'backups').map(({ rule }) => rule);
  return steps.some(({ ok, rule }) => ok && !routine.includes(rule));
}

function nameAll(plans: readonly Plan[]): string {
  return JSON.stringify(plans.map(({ rule, steps: planned }) => [rule, planned]));
}
