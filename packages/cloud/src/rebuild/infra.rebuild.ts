import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes, OperatorError } from '@gospelib/cli-kit';
import { missingFromEscrow } from '../infra/handed.over.ts';
import { type ChangeInfraOptions, changeInfra, planChange } from '../infra/infra.change.ts';
import type { InfraEnvironment } from '../infra/infra.environment.ts';
import type { PlanOptions } from '../infra/infra.plan.ts';
import { diagnoseState } from '../state/state.diagnosis.ts';
import { StateStore } from '../state/state.store.ts';
import { findSurvivors, importBlocks, restoreSecrets, unknownSurvivors } from './survivors.ts';

/** Where survivors are named while they are imported; removed at the end. */
const IMPORTS = 'survivors.import.tf';

/**
 * The first step of a rebuild: the state as it was last, or none, where it is gone with everything else.
 * @throws OperatorError (refused) while somebody holds it
 */
export async function rebuildState(infra: InfraEnvironment, { env }: PlanOptions): Promise<string> {
  const store = new StateStore(infra, env);
  await store.requireFree();
  const { fault, says, restore } = diagnoseState(await store.versions());
  if (fault === undefined) return says;
  if (restore === undefined) return `${says} What is left is imported.`;
  await store.restore(restore);
  return `${says} It is the state again.`;
}

/**
 * Makes what is gone around what is left: backups, the key that opens them, and secrets whose names are still taken are
 * imported where the state does not know them. Nothing that is there is lost for it.
 * @throws OperatorError (refused) without the secrets out of escrow, without backups, for another account, and for a plan
 * that loses something
 */
export async function rebuildInfra(
  infra: InfraEnvironment,
  options: Omit<ChangeInfraOptions, 'acceptLoss' | 'acceptAll' | 'args'>,
): Promise<string> {
  const missing = missingFromEscrow(options.env);
  if (missing.length > 0) {
    throw new OperatorError(
      `${infra.name} cannot be made from nothing: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set.`,
      'Take them out of escrow and set them for this one command.',
      { meaning: 'Nothing was changed.', exitCode: exitCodes.refused },
    );
  }
  const found = await findSurvivors(infra, options.env);
  const { plan } = await planChange(infra, options);
  await restoreSecrets(infra, found, options.env);
  const survivors = unknownSurvivors(plan, found);
  const file = join(infra.folder, IMPORTS);
  if (survivors.size > 0) writeFileSync(file, importBlocks(survivors));
  try {
    const { explained } = await changeInfra(infra, { ...options, acceptLoss: [] });
    const made = explained.changes.filter(({ kind }) => kind === 'created').length;
    return `${made} resources are made anew; ${survivors.size} that were left are imported.`;
  } finally {
    rmSync(file, { force: true });
  }
}
