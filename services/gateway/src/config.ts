import { isIP } from 'node:net';
import {
  baseConfig,
  ConfigError,
  type ConfigFault,
  currentSetting,
  defineConfig,
  httpUrlField,
  listField,
  millisecondsField,
  portField,
  redisUrlField,
} from '@gospelib/service-kit';
import { z } from 'zod';

const perMinute = z.coerce.number().int().min(1);
const openCost = z.coerce.number().int().min(1);

const gatewayConfig = baseConfig.extend({
  PORT: portField.default(8080),
  ACCESS_LOG: baseConfig.shape.ACCESS_LOG.unwrap().default('all'),
  CONTENT_URL: httpUrlField,
  READER_URL: httpUrlField,
  /** Without it nobody can sign in, and everything public still works. */
  ACCOUNTS_URL: httpUrlField.optional(),
  /** Without it nobody can make highlights or notes. */
  STUDY_URL: httpUrlField.optional(),
  /** The public address of the site: the issuer of the tokens. Required with ACCOUNTS_URL. */
  PUBLIC_URL: httpUrlField
    .refine(isOrigin, 'must be an origin, like https://gospelib.example')
    .optional(),
  /** Where gateways share their counts of requests. While it is unavailable each limits by its own counts. */
  REDIS_URL: redisUrlField,
  /** Requests per address and minute, weighed by cost. A reader that prefetches makes a few hundred. */
  RATE_LIMIT_PER_MINUTE: perMinute.default(1200),
  /** Requests per account and minute, from any number of addresses. */
  RATE_LIMIT_USER_PER_MINUTE: perMinute.default(1200),
  /**
   * Requests per address and minute that try a password or a mailed link. Accounts slows guesses down as well; this
   * limit spares it the work of refusing, and is high enough for a class that signs in together.
   */
  RATE_LIMIT_SIGN_IN_PER_MINUTE: perMinute.default(60),
  /**
   * Requests that one account, or one address of those who are not signed in, may have open at once, weighed by cost.
   * A page has a dozen; a class behind one address has many pages.
   */
  OPEN_COST_PER_USER: openCost.default(64),
  OPEN_COST_PER_ADDRESS: openCost.default(128),
  /**
   * Milliseconds of the services' work that one account may take in a second, on average and of all services together.
   * Somebody who leafs through the text without reading it takes some twenty.
   */
  WORK_MS_PER_USER: z.coerce.number().int().min(1).default(150),
  /** Other web origins whose pages may read the API, e.g. `https://a.example,https://b.example`. */
  CORS_ORIGINS: listField
    .refine(
      (origins) => origins.every(isOrigin),
      'must be a list of origins like https://a.example',
    )
    .default([]),
  /**
   * The proxies in front whose X-Forwarded-* headers are trusted: their addresses and networks, e.g. `10.0.0.0/8`, or how
   * many there are, where nobody gets past them and their addresses change.
   */
  TRUST_PROXY: z
    .union(
      [
        z
          .string()
          .regex(/^[1-5]$/)
          .transform(Number),
        listField.refine((networks) => networks.every(isNetwork)),
      ],
      { error: 'must be a list of addresses and networks, or a number of hops from 1 to 5' },
    )
    .default([]),
  /** Where pages send what happens in them: their policy has to let them. */
  FARO_URL: httpUrlField.optional(),
  /** How long a service may take to begin, or to continue, its answer. */
  UPSTREAM_TIMEOUT_MS: millisecondsField.min(1).default(10_000),
});

type Read = z.output<typeof gatewayConfig>;

/** The issuer of the tokens. */
export interface IssuerConfig {
  /** The accounts service, which publishes the keys. */
  url: string;
  /** The `iss` of each token. */
  issuer: string;
}

export type GatewayConfig = Read & {
  issuer: IssuerConfig | undefined;
  /** REDIS_URL as it is now. */
  redisUrl: () => string;
};

/** @throws ConfigError with every fault, never a value */
export function readConfig(env: Readonly<Record<string, string | undefined>>): GatewayConfig {
  const read = defineConfig(gatewayConfig, env);
  const redisUrl = currentSetting(env, 'REDIS_URL', read.REDIS_URL);
  return { ...read, issuer: issuerOf(read), redisUrl };
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

/** What Fastify's `trustProxy` accepts: an address, a network in CIDR form, or the name of a group of networks. */
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
