import { alertsOf, allRules } from '@gospelib/observability';
import { expect, it } from 'vitest';
import { rules } from './rules.ts';

it('every alert leads to a row of the matrix, or to the command that helps', () => {
  const rows = rules.map(({ name }) => name);
  const alerts = alertsOf(allRules());
  expect(alerts.length).toBeGreaterThan(30);
  for (const { alert, annotations } of alerts) {
    expect(annotations.command, alert).toMatch(/^\.\/gl [a-z]/);
    if (annotations.recover !== undefined) expect(rows, alert).toContain(annotations.recover);
    else expect(['DrillOld', 'DeadMansSwitch']).toContain(alert);
  }
});
