/** Longer than a cluster takes to write a changed secret into the files of all pods. */
const KEEP_MS = 10 * 60_000;

/**
 * A secret that two services share, while it changes: each learns of it at another moment.
 * @param current what the setting says now
 * @returns what counts: the present one, and the one before for ten minutes after the change was seen
 */
export function changingSecret(
  current: () => string,
  now: () => number = Date.now,
): () => readonly [string, ...string[]] {
  let present = current();
  let before: { value: string; until: number } | undefined;
  return () => {
    const value = current();
    if (value !== present) {
      before = { value: present, until: now() + KEEP_MS };
      present = value;
    }
    return before !== undefined && now() < before.until ? [present, before.value] : [present];
  };
}
