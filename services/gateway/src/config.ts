import { isIP } from 'node:net';
import {
  baseConfig,
  defineConfig,
  httpUrlField,
  listField,
  millisecondsField,
  portField,
  redisUrlField,
} from '@gospelib/service-kit';
import { z } from 'zod';

const gatewayConfig = baseConfig.extend({
  PORT: portField.default(8080),
  ACCESS_LOG: baseConfig.shape.ACCESS_LOG.unwrap().default('all'),
  CONTENT_URL: httpUrlField,
  READER_URL: httpUrlField,
  /** Where gateways share their counts of requests; they limit by their own counts while it is away. */
  REDIS_URL: redisUrlField,
  /** Requests an address may make in any minute. A reader that fetches ahead makes some hundred. */
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(1200),
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

export type GatewayConfig = z.output<typeof gatewayConfig>;

export function readConfig(env: Readonly<Record<string, string | undefined>>): GatewayConfig {
  return defineConfig(gatewayConfig, env);
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
