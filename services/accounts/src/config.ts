import {
  baseConfig,
  ConfigError,
  changingSecret,
  currentSetting,
  defineConfig,
  httpUrlField,
  listField,
  portField,
  postgresUrlField,
  redisUrlField,
} from '@gospelib/service-kit';
import { z } from 'zod';

const secretField = z.string().min(32, 'must have at least 32 characters');

/** A secret and the version that ciphertexts made with it carry. */
export interface VersionedSecret {
  version: number;
  value: string;
}

const accountsConfig = baseConfig.extend({
  PORT: portField.default(8200),
  /** Connects as the service's own role, `accounts_service`. */
  DATABASE_URL: postgresUrlField,
  /** The public address of the site: the tokens' issuer, and the only origin that may use these routes. */
  PUBLIC_URL: httpUrlField.refine(isOrigin, 'must be an origin, like https://gospelib.example'),
  /** Further origins whose pages may use these routes with the reader's cookie, e.g. `http://127.0.0.1:8080`. */
  TRUSTED_ORIGINS: listField
    .refine((origins) => origins.every(isOrigin), 'must be a list of origins')
    .default([]),
  /**
   * Signs cookies and mailed links and encrypts signing keys: `<version>:<secret>`, several separated by commas.
   * The first is used for new values, the others still decrypt.
   */
  AUTH_SECRETS: listField.transform(readSecrets),
  /** Other services send it to read `/internal`. */
  INTERNAL_SECRET: secretField,
  /**
   * Where the other services learn of sessions that were ended. Without it, and while it is away, tokens live 60 seconds.
   */
  REDIS_URL: redisUrlField.optional(),
  /** How long a token is valid, seconds. */
  TOKEN_LIFETIME_SECONDS: z.coerce.number().int().min(10).max(600).default(300),
  /** Age at which a signing key is replaced, days. */
  KEY_ROTATION_DAYS: z.coerce.number().min(0.1).max(365).default(30),
  /** The sender of every mail. */
  MAIL_FROM: z.string().min(3).default('GospeLib <no-reply@localhost>'),
  /**
   * Where mail goes: a server (`smtps://user:secret@host:465`), or a folder with one file per mail. Exactly one is set.
   */
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// address' })
    .optional(),
  MAIL_OUTBOX_DIR: z.string().min(1).optional(),
  /** How long mails stay in that folder, days. Mails for a server are never stored. */
  MAIL_OUTBOX_DAYS: z.coerce.number().int().min(1).max(365).default(7),
  /** Sign-in with an OpenID Connect provider; off unless the first three are all set. */
  OIDC_DISCOVERY_URL: httpUrlField.optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** The label of the button. */
  OIDC_NAME: z.string().min(1).max(40).default('Single sign-on'),
});

type Read = z.output<typeof accountsConfig>;

export interface OidcConfig {
  discoveryUrl: string;
  clientId: string;
  clientSecret: string;
  name: string;
}

export type MailConfig = { smtpUrl: string } | { outboxDir: string };

export type AccountsConfig = Read & {
  mail: MailConfig;
  oidc: OidcConfig | undefined;
  /** DATABASE_URL as it is now. */
  databaseUrl: () => string;
  /** REDIS_URL as it is now. */
  redisUrl: (() => string) | undefined;
  /** Those of INTERNAL_SECRET that count now, the present one first. */
  internalSecrets: () => readonly [string, ...string[]];
  /** AUTH_SECRETS as it is now; while the setting cannot be used, as it was before. */
  authSecrets: () => readonly VersionedSecret[];
};

/** @throws ConfigError with every fault, never a value */
export function readConfig(env: Readonly<Record<string, string | undefined>>): AccountsConfig {
  const read = defineConfig(accountsConfig, env);
  const { DATABASE_URL, REDIS_URL, INTERNAL_SECRET } = read;
  return {
    ...read,
    mail: mailOf(read),
    oidc: oidcOf(read),
    databaseUrl: currentSetting(env, 'DATABASE_URL', DATABASE_URL),
    redisUrl: REDIS_URL === undefined ? undefined : currentSetting(env, 'REDIS_URL', REDIS_URL),
    internalSecrets: changingSecret(currentSetting(env, 'INTERNAL_SECRET', INTERNAL_SECRET)),
    authSecrets: currentSecrets(env, read.AUTH_SECRETS),
  };
}

function mailOf({ SMTP_URL, MAIL_OUTBOX_DIR }: Read): MailConfig {
  if (SMTP_URL && MAIL_OUTBOX_DIR === undefined) return { smtpUrl: SMTP_URL };
  if (MAIL_OUTBOX_DIR && SMTP_URL === undefined) return { outboxDir: MAIL_OUTBOX_DIR };
  throw new ConfigError([
    { name: 'SMTP_URL', reason: 'or MAIL_OUTBOX_DIR must be set, one of the two' },
  ]);
}

function oidcOf(read: Read): OidcConfig | undefined {
  const { OIDC_DISCOVERY_URL, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = read;
  if (OIDC_DISCOVERY_URL && OIDC_CLIENT_ID && OIDC_CLIENT_SECRET) {
    return {
      discoveryUrl: OIDC_DISCOVERY_URL,
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      name: OIDC_NAME,
    };
  }
  if (OIDC_DISCOVERY_URL || OIDC_CLIENT_ID || OIDC_CLIENT_SECRET) {
    const reason = 'OIDC_DISCOVERY_URL, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together';
    throw new ConfigError([{ name: 'OIDC_CLIENT_ID', reason }]);
  }
  return undefined;
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

const authSecrets = accountsConfig.pick({ AUTH_SECRETS: true });

/** Parsed once for each text. */
function currentSecrets(
  env: Readonly<Record<string, string | undefined>>,
  atStart: readonly VersionedSecret[],
): () => readonly VersionedSecret[] {
  const text = currentSetting(env, 'AUTH_SECRETS', '');
  let known = text();
  let secrets = atStart;
  return () => {
    const now = text();
    if (now === known) return secrets;
    known = now;
    const read = authSecrets.safeParse({ AUTH_SECRETS: now });
    if (read.success) secrets = read.data.AUTH_SECRETS;
    return secrets;
  };
}

function readSecrets(entries: string[], context: z.RefinementCtx): VersionedSecret[] {
  const secrets = entries.map((entry) => {
    const [, version, value] = /^(\d{1,6}):(.{32,})$/.exec(entry) ?? [];
    return version && value ? { version: Number(version), value } : undefined;
  });
  const good = secrets.filter((secret) => secret !== undefined);
  const versions = new Set(good.map(({ version }) => version));
  if (good.length === 0 || good.length < secrets.length || versions.size < good.length) {
    context.addIssue('must be <version>:<secret of 32 or more characters>, each version once');
  }
  return good;
}
