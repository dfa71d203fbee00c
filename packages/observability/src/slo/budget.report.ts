import { OperatorError } from '@gospelib/cli-kit';
import { z } from 'zod';
import { budgetDays, objectives } from '../rules/objectives.ts';

export interface Budget {
  objective: string;
  does: string;
  indicator: 'available' | 'in-time';
  /** Share that has to be so. */
  target: number;
  /** Share of the budget that is left, below 0 when it is overdrawn; null when there were no requests. */
  left: number | null;
}

const answer = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.object({ objective: z.string(), indicator: z.string() }),
        value: z.tuple([z.number(), z.string()]),
      }),
    ),
  }),
});

/** What is left of every error budget, as Prometheus worked it out. @throws OperatorError when it does not answer */
export async function readBudgets(prometheus: string): Promise<Budget[]> {
  const results = await askBudgets(prometheus);
  return objectives.flatMap(({ name, does, available, inTime }) =>
    (['available', 'in-time'] as const).map((indicator) => {
      const found = results.find(
        ({ metric }) => metric.objective === name && metric.indicator === indicator,
      );
      const target = indicator === 'available' ? available : inTime.share;
      const left = found === undefined ? null : Number(found.value[1]);
      return { objective: name, does, indicator, target, left };
    }),
  );
}

async function askBudgets(prometheus: string): Promise<z.output<typeof answer>['data']['result']> {
  try {
    const response = await fetch(
      `${prometheus}/api/v1/query?query=${encodeURIComponent('objective:budget_left:ratio')}`,
      { signal: AbortSignal.timeout(5000) },
    );
    return answer.parse(await response.json()).data.result;
  } catch (cause) {
    throw new OperatorError(
      `Prometheus at ${prometheus} does not tell the budgets.`,
      '`./gl observe status` shows whether it runs; --prometheus names another one.',
      { meaning: `What is left of ${budgetDays} days is known to it alone.`, exitCode: 5, cause },
    );
  }
}
