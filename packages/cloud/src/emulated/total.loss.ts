import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { changeInfra } from '../infra/infra.change.ts';
import { openTerraform } from '../infra/infra.plan.ts';
import { rebuildInfra } from '../rebuild/infra.rebuild.ts';
import { cloud } from './cloud.reader.ts';
import { type EmulatedStaging, forgetUnreadable, knownFailures } from './emulated.staging.ts';

const silent = () => undefined;

/** Destroys an environment but for the bucket of backups and the key that encrypts it, and deletes its state. */
export async function loseAllButBackups({ infra, root, env }: EmulatedStaging): Promise<void> {
  const terraform = await openTerraform(infra, { root, env });
  await terraform.run(['state', 'rm', 'module.key', 'module.backups_bucket']);
  const consent = { acceptLoss: [], acceptAll: true, confirmed: infra.name };
  await changeInfra(infra, { root, env, say: silent, args: ['-destroy'], ...consent });
  const { bucket: Bucket, key: Key } = infra.state;
  await cloud.s3.send(new DeleteObjectCommand({ Bucket, Key }));
}

/** As `rebuildInfra`, on an emulator that refuses some of it. @throws Error for what it is not known to refuse */
export async function rebuildEmulated(staging: EmulatedStaging): Promise<string> {
  const { infra, root, env } = staging;
  const options = { root, env, say: silent, confirmed: infra.name };
  let says = 'All is made anew but what the emulator refuses.';
  await rebuildInfra(infra, options).then((told) => {
    says = told;
  }, knownFailures);
  await forgetUnreadable(staging);
  return says;
}
