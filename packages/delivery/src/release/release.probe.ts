/** Signing in is limited, and a note a minute shows what a note a second does. */
const WRITE_EVERY_MS = 60_000;
/** As often as rules are evaluated. */
const ASK_EVERY_MS = 15_000;

/** Each says what is wrong; undefined: nothing. */
export interface Probes {
  read(): Promise<string | undefined>;
  /** Signs in and writes. */
  write(): Promise<string | undefined>;
  /** Which error budgets burn; undefined: nobody can be asked. */
  burnt: (() => Promise<string | undefined>) | undefined;
}

/**
 * What people miss of what was just released: each look reads, one a minute writes, and error budgets count that do not
 * burn yet. What was wrong is tried again at the next look.
 * @param now ms
 * @throws Error when somebody is to be asked about error budgets, and does not answer
 */
export async function openReleaseProbe(
  { read, write, burnt }: Probes,
  now: () => number = () => performance.now(),
): Promise<() => Promise<string | undefined>> {
  const before = await burnt?.();
  let [writeAt, askAt] = [now(), now()];
  return async () => {
    const unread = await read();
    if (unread !== undefined) return unread;
    if (now() >= writeAt) {
      const unwritten = await write();
      if (unwritten !== undefined) return unwritten;
      writeAt = now() + WRITE_EVERY_MS;
    }
    if (burnt === undefined || now() < askAt) return undefined;
    // Who does not answer any more says nothing against the release: readers are looked at all the same.
    const burning = await burnt().catch(() => before);
    if (burning !== before && burning !== undefined) return burning;
    askAt = now() + ASK_EVERY_MS;
    return undefined;
  };
}
