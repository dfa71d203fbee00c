/**
 * Whether an address of the API is personal: its answer differs between readers, contains secrets, or signs somebody
 * in. Such answers are never saved with those that are the same for everyone.
 */
export function isPersonal(path: string): boolean {
  return /^\/api\/v1\/(?:auth|account|study)(?:\/|$)/.test(path);
}
