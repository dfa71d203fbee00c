/**
 * Whether an address of the API is about who reads: it differs from reader to reader, carries secrets, or signs
 * somebody in. Nothing of it is kept with the answers that are the same for all.
 */
export function isPersonal(path: string): boolean {
  return /^\/api\/v1\/(?:auth|account|study)(?:\/|$)/.test(path);
}
