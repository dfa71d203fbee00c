import type { BuildInfo } from '../service/build.info.ts';
import type { ErrorReporter } from './error.types.ts';

/** The client is loaded only where there is an address: without one it costs nothing. */
export async function openErrorReporter(
  dsn: string,
  build: BuildInfo,
  environment: string,
): Promise<ErrorReporter> {
  const { sentryReporter } = await import('./sentry.reporter.ts');
  return sentryReporter(dsn, build, environment);
}
