import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeInfra } from '../infra/infra.change.ts';
import { findInfra, type InfraEnvironment } from '../infra/infra.environment.ts';
import { openTerraform } from '../infra/infra.plan.ts';
import { InfraProvider } from '../recovery/infra.provider.ts';
import { makeFoundations } from './cloud.reader.ts';
import { copyForEmulator } from './emulated.copy.ts';
import { forgotten, refused, unreadable } from './emulator.faults.ts';
import { emptyEmulator, escrow } from './emulator.ts';
import { failedAddresses } from './failed.addresses.ts';

/** Staging as it was applied to an emulator, from a copy of infra/terraform. */
export interface EmulatedStaging {
  /** The copy of the repository's part that Terraform works in. */
  root: string;
  env: NodeJS.ProcessEnv;
  infra: InfraEnvironment;
  /** What recovery asks; sees what begins with one of these and nothing else, or all but what the emulator has otherwise by itself. */
  provider(...targets: readonly string[]): InfraProvider;
  remove(): void;
}

/** Whether a difference there is the emulator's own. */
export function isFaultOfEmulator(address: string): boolean {
  return (
    unreadable.includes(address) ||
    [...refused, ...forgotten].some((fault) => fault.address.test(address))
  );
}

/** A copy in a temporary folder, whose data goes with it when it is destroyed. */
export function copyStaging(repository: string): EmulatedStaging {
  const root = mkdtempSync(join(tmpdir(), 'gospelib-emulated-'));
  copyForEmulator(repository, root);
  const infra = findInfra(root, 'staging');
  const file = join(infra.folder, 'settings.auto.tfvars.json');
  const settings = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...settings, data_destroyed_at_once: true }));
  const env = { ...process.env, ...escrow };
  return {
    root,
    env,
    infra,
    provider: (...targets) =>
      new InfraProvider(infra, {
        root,
        env,
        ignores: (address) =>
          targets.length === 0
            ? isFaultOfEmulator(address)
            : !targets.some((target) => address.startsWith(target)),
      }),
    remove: () => rmSync(root, { recursive: true }),
  };
}

/** From an emulator that is emptied to staging. @throws Error for what the emulator is not known to refuse */
export async function applyStaging(repository: string): Promise<EmulatedStaging> {
  await emptyEmulator();
  const staging = copyStaging(repository);
  try {
    await makeFoundations();
    const { infra, root, env } = staging;
    const options = { root, env, acceptLoss: [], confirmed: 'staging', say: () => undefined };
    await changeInfra(infra, options).catch(knownFailures);
    await forgetUnreadable(staging);
    return staging;
  } catch (error) {
    staging.remove();
    throw error;
  }
}

/** Addresses of what the emulator refused. @throws the error itself where that is more than it is known to refuse */
export function knownFailures(error: unknown): string[] {
  const failed = failedAddresses(error);
  if (failed.every((address) => refused.some((fault) => fault.address.test(address))))
    return failed;
  throw error;
}

/** Takes out of the state what no plan can be made with at the emulator. */
export async function forgetUnreadable({ infra, root, env }: EmulatedStaging): Promise<void> {
  const terraform = await openTerraform(infra, { root, env });
  const known = (await terraform.run(['state', 'list'])).split('\n');
  const there = unreadable.filter((address) => known.includes(address));
  if (there.length > 0) await terraform.run(['state', 'rm', ...there]);
}
