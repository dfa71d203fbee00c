import { isIP } from 'node:net';
import {
  baseConfig,
  ConfigError,
  type ConfigFault,
  defineConfig,
  httpUrlField,
  listField,
  millisecondsField,
  portField,
  redisUrlField,
} from '@gospelib/service-kit';
import { z } from 'zod';

const perMinute = z.coerce.number().int().min(1);

const gatewayConfig = baseConfig.extend({
  PORT: portField.default(8080),
  ACCESS_LOG: baseConfig.shape.ACCESS_LOG.unwrap().default('all'),
  CONTENT_URL: httpUrlField,
  READER_URL: httpUrlField,
  /** Without it nobody can sign in here, and everything to read is still there. */
  ACCOUNTS_URL: httpUrlField.optional(),
  /** Without it nothing can be marked or noted here. */
  STUDY_URL: httpUrlField.optional(),
  /** Where people reach the site: the issuer of the tokens. Needed with accounts. */
  PUBLIC_URL: httpUrlField
    .refine(isOrigin, 'must be an origin, like https://gospelib.example')
    .optional(),
  /** Where gateways share their counts of requests; they limit by their own counts while it is away. */
  REDIS_URL: redisUrlField,
  /** Requests an address may make in any minute. A reader that fetches ahead makes some hundred. */
  RATE_LIMIT_PER_MINUTE: perMinute.default(1200),
  /** Those that one account may make, from however many addresses. */
  RATE_LIMIT_USER_PER_MINUTE: perMinute.default(1200),
  /**
   * Those with passwords and mailed links that an address may make. Accounts slows guesses down by itself; this spares
   * it the work of refusing, and leaves room for a class that signs in together.
   */
  RATE_LIMIT_SIGN_IN_PER_MINUTE: perMinute.default(60),
  /** Web origins besides our own whose pages may read the API, e.g. `https://a.example,https://b.example`. */
  CORS_ORIGINS: listField
    .refine(
      (origins) => origins.every(isOrigin),
      'must be a list of origins like https://a.example',
    )
    .default([]),
  /** Addresses and networks of the proxies in front, whose X-Forwarded-* are believed, e.g. `10.0.0.0/8`. */
  TRUST_PROXY: listField
    .refine((networks) => networks.every(isNetwork), 'must be a list of addresses and networks')
    .default([]),
  /** The longest a service behind may take to begin, or to go on with, its answer. */
  UPSTREAM_TIMEOUT_MS: millisecondsField.min(1).default(10_000),
});

type Read = z.output<typeof gatewayConfig>;

/** Who signs the tokens. */
export interface IssuerConfig {
  /** The accounts service, where its keys are. */
  url: string;
  /** The `iss` of each token. */
  issuer: string;
}

export type GatewayConfig = Read & { issuer: IssuerConfig | undefined };

/** @throws ConfigError with every fault, never a value */
export function readConfig(env: Readonly<Record<string, string | undefined>>): GatewayConfig {
  const read = defineConfig(gatewayConfig, env);
  return { ...read, issuer: issuerOf(read) };
}

function issuerOf({ ACCOUNTS_URL, STUDY_URL, PUBLIC_URL }: Read): IssuerConfig | undefined {
  if (ACCOUNTS_URL && PUBLIC_URL) return { url: ACCOUNTS_URL, issuer: PUBLIC_URL };
  const faults: ConfigFault[] = [];
  if (ACCOUNTS_URL) faults.push({ name: 'PUBLIC_URL', reason: 'is needed with ACCOUNTS_URL' });
  if (STUDY_URL && !ACCOUNTS_URL) {
    faults.push({ name: 'ACCOUNTS_URL', reason: 'is needed with STUDY_URL' });
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return undefined;
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

/** As Fastify's `trustProxy` takes them: an address, a network in CIDR form, or the name of some networks. */
function isNetwork(text: string): boolean {
  if (text === 'loopback' || text === 'linklocal' || text === 'uniquelocal') return true;
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (bits === 0 || rest.length > 0) return false;
  return (
    prefix === undefined ||
    (/^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= bits)
  );
}
