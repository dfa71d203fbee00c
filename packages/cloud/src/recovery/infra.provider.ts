import { exitCodes, OperatorError } from '@gospelib/cli-kit';
import { askIdentity, requireAccount } from '../account/account.guard.ts';
import { requireHandedOver } from '../infra/handed.over.ts';
import { findDrift } from '../infra/infra.drift.ts';
import type { InfraEnvironment } from '../infra/infra.environment.ts';
import { makePlan, type PlanOptions } from '../infra/infra.plan.ts';
import { diagnoseState } from '../state/state.diagnosis.ts';
import { restoreState } from '../state/state.recover.ts';
import { StateStore } from '../state/state.store.ts';
import { driftKind } from './drift.kinds.ts';

/** What is so of an environment's infrastructure. Plain data. */
export interface FoundInfra {
  environment: string;
  /** What is wrong with the stored state, and the version to go back to; undefined: nothing. */
  state: { says: string; restore: string | undefined } | undefined;
  /** Who holds the state: somebody at work, or a process that was killed. */
  lock: { id: string; says: string } | undefined;
  /** What was changed behind Terraform's back. Empty, too, while the state is not well: nothing can be compared then. */
  drifted: readonly { address: string; kind: string; says: string }[];
}

export interface ProviderOptions extends Pick<PlanOptions, 'root' | 'env'> {
  /** Whether what drifted there is to be left alone: what an emulator forgets by itself. */
  ignores?(address: string): boolean;
}

/** The provider's side of an environment, as recovery asks for it: looked at, and put back as it was applied. */
export class InfraProvider {
  readonly #infra: InfraEnvironment;
  readonly #options: ProviderOptions;

  constructor(infra: InfraEnvironment, options: ProviderOptions) {
    this.#infra = infra;
    this.#options = options;
  }

  /** Changes nothing. @throws OperatorError where AWS does not answer, or the account is another one */
  async look(): Promise<FoundInfra> {
    const { env, ignores = () => false } = this.#options;
    const { name, region } = this.#infra;
    requireAccount(this.#infra, await askIdentity(region, env));
    const store = new StateStore(this.#infra, env);
    const [versions, held] = await Promise.all([store.versions(), store.lock()]);
    const { fault, says, restore } = diagnoseState(versions);
    const lock = held && {
      id: held.id,
      says: `The state of ${name} is held by ${held.who} since ${held.since.toISOString()} (${held.operation}).`,
    };
    const state = fault === undefined ? undefined : { says, restore };
    const { drifted } =
      state === undefined ? await findDrift(this.#infra, this.#options) : { drifted: [] };
    return {
      environment: name,
      state,
      lock,
      drifted: drifted
        .filter(({ address }) => !ignores(address))
        .map((change) => ({ address: change.address, ...driftKind(change) })),
    };
  }

  /** Puts a version of the state back. @throws OperatorError where the plan is not empty then */
  async restoreState(version: string): Promise<string> {
    const { name } = this.#infra;
    const { explained } = await restoreState(this.#infra, version, this.#options);
    const { ignores = () => false } = this.#options;
    const unknown = explained.changes.filter(({ address }) => !ignores(address));
    if (unknown.length === 0) {
      return `Version ${version} is the state of ${name} again, and it is what is there: the plan is empty.`;
    }
    throw new OperatorError(
      `Version ${version} is the state of ${name} again, but it does not know ${unknown.map(({ address }) => address).join(', ')}.`,
      `Import what is there before anything is applied: \`./gl infra plan ${name}\` tells it.`,
    );
  }

  /**
   * Makes these resources what was applied, and nothing else: what git has beyond that is not applied on the way.
   * @throws OperatorError (refused) where something would be lost for it
   */
  async mend(addresses: readonly string[]): Promise<string> {
    const { name } = this.#infra;
    const args = addresses.map((address) => `-target=${address}`);
    const { terraform, file, plan, explained } = await makePlan(this.#infra, {
      ...this.#options,
      args,
    });
    const aside = explained.losses.map(({ address }) => address);
    if (aside.length > 0) {
      throw new OperatorError(
        `Putting ${addresses.join(', ')} back would lose ${aside.join(', ')}.`,
        `\`./gl infra apply ${name} --accept-loss ADDRESS\`, when a person agrees.`,
        { meaning: 'Nothing was changed.', exitCode: exitCodes.refused },
      );
    }
    requireHandedOver(plan, this.#options.env);
    await terraform.run(['apply', '-input=false', file]);
    const done = explained.changes.map(({ address }) => address);
    return `Again as applied: ${done.join(', ') || 'nothing had to be done'}.`;
  }
}
