import {
  type BackupKind,
  type BackupManifest,
  type BackupStore,
  type DamagedBackup,
  firstSound,
} from '@gospelib/backup';
import { OperatorError } from '@gospelib/cli-kit';
import { backupVerbs } from './backup.job.ts';
import { type BackupEnvironment, openBackups } from './backup.place.ts';

export interface ChosenBackup {
  manifest: BackupManifest;
  /** Newer ones that are rotten. */
  skipped: DamagedBackup[];
  /** Nothing proves that it is ours, and that was accepted. */
  unproven: boolean;
}

/**
 * Finds a backup to restore, by its id or the `latest` verified one, and reads all of it first: a newer one that is rotten is
 * passed over and told, an id that is rotten is refused with what there is instead.
 * @throws OperatorError
 */
export async function findBackup(
  environment: BackupEnvironment,
  kind: BackupKind,
  id: string,
  acceptUnproven = false,
): Promise<ChosenBackup> {
  const store = openBackups(environment);
  const { whole, damaged, unproven } = await store.survey();
  const strange = acceptUnproven ? unproven.map(({ manifest }) => manifest) : [];
  // What is ours comes first, however new others say they are.
  const there = [...whole, ...strange].filter((one) => one.kind === kind);
  const verified = there.filter((one) => one.verified !== undefined);
  const wanted = id === 'latest' ? verified : there.filter((one) => one.id === id);
  const { sound, rotten } = await firstSound(store, wanted, acceptUnproven);
  if (sound !== undefined) {
    const proven = whole.some((one) => one.id === sound.id);
    return { manifest: sound, skipped: rotten, unproven: !proven };
  }
  const fault = [...rotten, ...damaged].find((one) => id === 'latest' || one.id === id);
  const other = unproven.find(({ manifest }) =>
    id === 'latest' ? manifest.kind === kind : manifest.id === id,
  );
  const [group = ''] = backupVerbs[kind];
  if (other !== undefined) {
    throw new OperatorError(
      `${other.reason} Nothing proves that it is ours; nothing was changed.`,
      unprovenRemedy,
    );
  }
  throw new OperatorError(
    id !== 'latest' && fault !== undefined
      ? `${fault.reason} Nothing was changed.`
      : `There is no ${id === 'latest' ? 'sound verified backup' : `backup ${id}`} of the ${kind} in ${store.place}; nothing was changed.`,
    await insteadOf(
      store,
      group,
      verified.filter((one) => one.id !== id),
    ),
  );
}

const unprovenRemedy =
  'The key that signed it belongs behind a comma into BACKUP_SIGNING_KEYS or into the file backup-signing among the secrets. A backup of a release that signed none yet is restored by --accept-unsigned: nobody vouches for the rows in it then; none of its SQL is run.';

async function insteadOf(
  store: BackupStore,
  group: string,
  older: readonly BackupManifest[],
): Promise<string> {
  const { sound } = await firstSound(store, older);
  return sound === undefined
    ? `\`./gl ${group} backups\` shows what there is.`
    : `The newest sound one is ${sound.id} of ${sound.createdAt}: \`./gl ${group} restore ${sound.id}\`.`;
}
