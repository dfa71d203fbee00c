/** Address of an emulator of AWS, which a person starts; undefined: there is none, and what needs it is skipped. */
export const emulator = process.env.AWS_ENDPOINT_URL;

/** Why tests at an emulator are skipped; undefined: they run. */
export const noEmulator = emulator
  ? undefined
  : 'needs an emulator of AWS: AWS_ENDPOINT_URL is its address (ministack or moto, both from PyPI), with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION';

/** Nothing is in it any more, of other tests or of a run before. @throws Error for what is no ministack on this machine */
export async function emptyEmulator(): Promise<void> {
  const url = new URL('/_ministack/reset', emulator);
  const { hostname } = url;
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) {
    throw new Error(`${hostname} is not this machine: only an emulator here is emptied.`);
  }
  const { status } = await fetch(url, { method: 'POST' });
  if (status !== 200) throw new Error(`${url} answered ${status}: it is no ministack.`);
}

/** What a person takes out of escrow. */
export const escrow = {
  TF_VAR_smtp_url: 'smtps://user:handed-over-password@mail.example',
  TF_VAR_auth_secrets: `1:${'handed-over'.repeat(4)}`,
  TF_VAR_backup_signing_keys: 'handed-over-signing-key',
  TF_VAR_backup_age_identities: 'handed-over-identity',
  TF_VAR_telemetry: '{"TELEMETRY_TOKEN":"handed-over-token"}',
};
