import { UsageError } from '@gospelib/cli-kit';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Whoever looks does so every five minutes; one look may fail. */
const MAX_GAP_MS = 12 * MINUTE_MS;

/** How long a set bakes, at least a day, and a hotfix at least half an hour. Tests alone shorten it. */
export function bakeRules(
  env: NodeJS.ProcessEnv,
  isHotfix: boolean,
): { periodMs: number; maxGapMs: number } {
  const usual = isHotfix ? 30 * MINUTE_MS : 24 * HOUR_MS;
  return {
    periodMs: seconds(env, 'GOSPELIB_BAKE_SECONDS') ?? usual,
    maxGapMs: seconds(env, 'GOSPELIB_BAKE_GAP_SECONDS') ?? MAX_GAP_MS,
  };
}

/** @throws UsageError for what is no number, and for a shorter bake outside of a test */
function seconds(env: NodeJS.ProcessEnv, name: string): number | undefined {
  const text = env[name];
  if (!text) return undefined;
  if (env.CI !== undefined || env.GOSPELIB_RUN === undefined) {
    throw new UsageError(
      `${name} shortens a bake: tests alone may do so.`,
      `Unset ${name}, or release it as a hotfix (--hotfix, --allowed-by).`,
    );
  }
  if (!/^\d+$/.test(text)) throw new UsageError(`${name} is no number of seconds: ${text}.`);
  return Number(text) * 1000;
}
