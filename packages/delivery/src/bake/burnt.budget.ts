import { OperatorError } from '@gospelib/cli-kit';
import { z } from 'zod';

const TIMEOUT_MS = 10_000;

const answer = z.object({
  data: z.object({
    alerts: z.array(
      z.object({
        state: z.string(),
        labels: z.looseObject({ alertname: z.string(), severity: z.string().optional() }),
      }),
    ),
  }),
});

/**
 * The alerts that wake somebody: an error budget that burns too fast is one of them.
 * @param prometheus its address
 * @returns what burns; undefined: nothing
 * @throws OperatorError when it does not answer: what it would say is not known
 */
export async function findBurntBudget(prometheus: string): Promise<string | undefined> {
  try {
    const response = await fetch(new URL('/api/v1/alerts', prometheus), {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { data } = answer.parse(await response.json());
    const firing = data.alerts.filter(
      ({ state, labels }) => state === 'firing' && labels.severity === 'page',
    );
    const names = [...new Set(firing.map(({ labels }) => labels.alertname))].toSorted();
    return names.length === 0 ? undefined : `alerts: ${names.join(', ')}`;
  } catch (cause) {
    throw new OperatorError(
      `Prometheus does not tell its alerts: ${(cause as Error).message}`,
      'Look at its address (GOSPELIB_PROMETHEUS). While nobody can look, nothing bakes.',
      { cause },
    );
  }
}
