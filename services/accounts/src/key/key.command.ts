import type { KeyRing, MakeKey } from './key.ring.ts';

const usage = `usage: keys status | rotate | replace
  rotate    publish the next key now; it signs in ten minutes, and nobody notices
  replace   for keys that may be known to others: all are gone at once, readers fetch new tokens
environment: that of the service`;

/**
 * The job that manages signing keys, for drills and emergencies. @returns the exit code: 0 done, 1 failed, 2 wrong use
 */
export async function runKeyCommand(
  keys: KeyRing,
  makeKey: MakeKey,
  args: readonly string[],
): Promise<0 | 1 | 2> {
  const [verb, ...rest] = args;
  if (rest.length > 0 || (verb !== 'status' && verb !== 'rotate' && verb !== 'replace')) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  try {
    const answer =
      verb === 'rotate'
        ? await keys.rotate(makeKey)
        : verb === 'replace'
          ? await keys.replaceAll(makeKey)
          : { keys: await keys.list() };
    process.stdout.write(`${JSON.stringify(answer)}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 1;
  }
}
