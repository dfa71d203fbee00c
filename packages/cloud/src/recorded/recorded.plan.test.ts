import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { environmentCost } from '../cost/cost.report.ts';
import { infraNames } from '../infra/infra.environment.ts';
import { plannedResources } from '../plan/plan.schema.ts';
import { breaches } from '../rules/plan.rules.ts';
import { recordedPlan } from './recorded.plan.ts';

const root = resolve(import.meta.dirname, '../../../..');

describe.each(infraNames(root))('the plan of %s, as the provider made it', (name) => {
  test('is of the configuration that is here, and breaks no rule of the house', () => {
    const plan = recordedPlan(root, name);
    expect(plannedResources(plan).length).toBeGreaterThan(40);
    expect(breaches(plan, name)).toEqual([]);
  });

  test('has a price for each of its parts', () => {
    const { lines, unknown } = environmentCost(root, name);
    expect(lines.length).toBeGreaterThan(3);
    expect(unknown).toEqual([]);
  });

  test('holds no secret', () => {
    const secrets = plannedResources(recordedPlan(root, name)).filter(
      ({ values }) => values.secret_string || values.password || values.auth_token,
    );
    expect(secrets.map(({ address }) => address)).toEqual([]);
  });
});

test.each(['staging', 'production'])(
  'the alarm of %s is at what it costs, and at most a quarter above',
  (name) => {
    const { totalUsd } = environmentCost(root, name);
    const budget = plannedResources(recordedPlan(root, name)).find(
      ({ type }) => type === 'aws_budgets_budget',
    );
    const limit = Number(budget?.values.limit_amount);
    expect(limit).toBeGreaterThan(totalUsd);
    expect(limit).toBeLessThan(totalUsd * 1.25);
  },
);
