import { setTimeout as wait } from 'node:timers/promises';
import type { BaseConfig } from '../config/base.config.ts';
import { ConfigError } from '../config/define.config.ts';
import { followAuthority } from '../config/trusted.authority.ts';
import type { BuildInfo } from './build.info.ts';
import type { Service, ServiceIdentity } from './service.types.ts';

/** How long an idle connection may delay a shutdown, ms. */
const idleCheckEvery = 50;

/**
 * The life of a service's process: configure, build, listen, and shut down in order on SIGTERM or SIGINT.
 * Exit code 0 after a clean end, 1 when it could not start or something went uncaught.
 */
export async function runService<C extends BaseConfig>(
  identity: ServiceIdentity,
  readConfig: () => C,
  build: (config: C) => Promise<Service>,
): Promise<void> {
  let app: Service;
  let config: C;
  try {
    config = readConfig();
    app = await build(config);
    await app.listen({ host: config.HOST, port: config.PORT });
  } catch (error) {
    process.stderr.write(`${JSON.stringify(startFault(identity, error))}\n`);
    process.exit(1);
  }

  followAuthority(process.env.NODE_EXTRA_CA_CERTS, app.log);
  let ending: Promise<void> | undefined;
  const end = (code: number, reason: string): void => {
    if (ending) return;
    app.log.info({ reason }, 'shutting down');
    ending = shutDown(app, config).then(
      () => process.exit(code),
      (error: unknown) => {
        app.log.fatal({ err: error }, 'shutdown failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => end(0, 'SIGTERM'));
  process.on('SIGINT', () => end(0, 'SIGINT'));
  const crash = (error: unknown): void => {
    app.log.fatal({ err: error }, 'uncaught');
    app.errors?.report(error, {});
    end(1, 'uncaught');
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  app.log.info({ host: config.HOST, port: config.PORT }, 'listening');
}

/**
 * Fails readiness, and until callers have noticed asks each of them for another connection: one that is closed while
 * it is idle may have a request on its way. Then stops accepting connections and drains HTTP; then the app's
 * `onClose` hooks close stores and flush telemetry. Connections still open after the grace time are cut.
 */
async function shutDown(
  app: Service,
  {
    SHUTDOWN_DELAY_MS,
    SHUTDOWN_GRACE_MS,
  }: Pick<BaseConfig, 'SHUTDOWN_DELAY_MS' | 'SHUTDOWN_GRACE_MS'>,
): Promise<void> {
  app.readiness.shutDown();
  app.server.prependListener('request', (_request, response) => {
    response.shouldKeepAlive = false;
  });
  await wait(SHUTDOWN_DELAY_MS);
  // Kept-alive connections whose requests were running when the server closed become idle one by one.
  const closeIdle = setInterval(() => app.server.closeIdleConnections(), idleCheckEvery);
  const cut = setTimeout(() => app.server.closeAllConnections(), SHUTDOWN_GRACE_MS);
  try {
    await app.close();
  } finally {
    clearInterval(closeIdle);
    clearTimeout(cut);
  }
}

/** A log line without a log, which needs the configuration. */
function startFault({ name, version }: ServiceIdentity, error: unknown): Record<string, unknown> {
  const build: BuildInfo = {
    service: name,
    version,
    revision: process.env.GOSPELIB_REVISION || 'unknown',
  };
  const time = new Date().toISOString();
  const base = { level: 'fatal', time, ...build, message: 'could not start' };
  if (error instanceof ConfigError) return { ...base, faults: error.faults };
  return { ...base, error: error instanceof Error ? error.message : String(error) };
}
