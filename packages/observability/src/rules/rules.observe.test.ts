import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { scratchFolder } from '@gospelib/testkit';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { observabilityFiles, rulesFolder } from '../files/observability.files.ts';
import { alertCases, requestsOf, type Series } from '../testing/alert.cases.ts';
import { clusterAlertCases } from '../testing/cluster-alert.cases.ts';
import { findPrometheusTools, needs } from '../testing/prometheus.tools.ts';
import { alertsOf } from './alert.list.ts';
import { clusterRules } from './cluster.rules.ts';
import { budgetDays, type Objective, objectives } from './objectives.ts';
import { platformRules } from './platform.rules.ts';
import { inFull, type RuleFile } from './rule.types.ts';
import { sloRules } from './slo.rules.ts';

const root = resolve(import.meta.dirname, '../../../..');
const tools = findPrometheusTools();
const files = Object.keys(observabilityFiles());
const rules = files.filter((path) => path.startsWith(rulesFolder)).map((path) => join(root, path));

interface Trial {
  name: string;
  series: readonly Series[];
  /** Evaluated at this minute. */
  minute: number;
  /** A query and the label sets that it has to give, each with a 1. */
  query: string;
  gives: readonly string[];
}

describe.skipIf(tools === undefined)(`rules (${needs})`, () => {
  it('are well formed for the version that is here', () => {
    expect(() => run('check', 'rules', ...rules)).not.toThrow();
    expect(() =>
      run('check', 'config', join(root, 'infra/observability/prometheus/prometheus.yaml')),
    ).not.toThrow();
  });

  it('have a case for each alert on a cause', () => {
    const named = (of: readonly { alert: string; labels?: Readonly<Record<string, string>> }[]) =>
      of.map(({ alert, labels }) => `${alert} ${labels?.kind ?? ''}`).sort();
    const alerts = alertsOf([platformRules(inFull)]);
    expect(alerts.length).toBeGreaterThan(10);
    expect(named(alerts.filter(({ alert }) => alert !== 'DeadMansSwitch'))).toEqual(
      named(alertCases),
    );
    expect(named(alertsOf([clusterRules(inFull)]))).toEqual(named(clusterAlertCases));
  });

  it.each([
    ['the platform', alertCases, platformRules(inFull)],
    ['the cluster', clusterAlertCases, clusterRules(inFull)],
  ] as const)(
    'of %s fire, each on what is bad, and not on what is good or missing',
    (_, cases, of) => {
      const trials = cases.flatMap(({ alert, labels = {}, bad, good, firesWithout }) => {
        const picked = Object.entries({ alertname: alert, alertstate: 'firing', ...labels })
          .map(([name, value]) => `${name}="${value}"`)
          .join(', ');
        const query = `count by (alertname) (ALERTS{${picked}}) > bool 0`;
        const fired = [`{alertname="${alert}"}`];
        const trial = (
          name: string,
          series: readonly Series[],
          gives: readonly string[],
        ): Trial => ({
          name: `${alert} ${labels.kind ?? ''}: ${name}`,
          series,
          minute: 100,
          query,
          gives,
        });
        return [
          trial('bad', bad, fired),
          trial('good', good, []),
          trial('missing', [unrelated], firesWithout === true ? fired : []),
        ];
      });
      expect(failedTrials(trials, of)).toEqual('');
    },
  );

  it('always lets the dead man’s switch fire', () => {
    const query = 'count by (alertname) (ALERTS{alertname="DeadMansSwitch", alertstate="firing"})';
    const gives = ['{alertname="DeadMansSwitch"}'];
    expect(
      failedTrials([{ name: 'always', series: [unrelated], minute: 5, query, gives }]),
    ).toEqual('');
  });

  it('alert over each window, unless there were too few requests to tell', () => {
    const [objective] = objectives;
    if (objective === undefined) throw new Error('There is no objective.');
    const minute = 25 * 60;
    const trials = [
      // Less than one a minute: an hour of so few says nothing, six do.
      ...trialsOf(
        objective,
        'few',
        minute,
        { perMinute: 0.7, failed: 0.35, slow: 0 },
        {
          errors: ['6h', '1d'],
        },
      ),
      ...trialsOf(
        objective,
        'many',
        minute,
        { perMinute: 100, failed: 30, slow: 0 },
        {
          errors: windows,
        },
      ),
    ];
    expect(failedTrials(trials, sloRules([objective], inFull))).toEqual('');
  });

  describe.each(objectives)('the objective $name', (objective) => {
    it('alerts on errors and on waiting, and on neither when all is well', () => {
      const well = { perMinute: 100, failed: 0, slow: 0 };
      expect(
        failedTrials(
          [
            ...trialsOf(objective, 'errors', 70, { ...well, failed: 20 }, { errors: windows }),
            ...trialsOf(objective, 'waiting', 70, { ...well, slow: 30 }, { waits: windows }),
            ...trialsOf(objective, 'well', 70, well, {}),
          ],
          sloRules([objective], inFull),
        ),
      ).toEqual('');
    });

    it('says what is left of its budget', () => {
      const record = `objective:missed:ratio${budgetDays}d{objective="${objective.name}", indicator="available"}`;
      const left = `objective:budget_left:ratio{objective="${objective.name}", indicator="available"}`;
      const series = requestsOf(objective, { perMinute: 100, failed: 0, slow: 0 }, 120);
      const query = `count by (objective) (${left} == 1 and on (objective) ${record} == 0)`;
      const gives = [`{objective="${objective.name}"}`];
      const trial = { name: 'whole', series, minute: 60, query, gives };
      expect(failedTrials([trial], sloRules([objective], inFull))).toEqual('');
    });
  });
});

/** One for each of the two alerts of an objective: over which windows it fires at a minute. */
function trialsOf(
  objective: Objective,
  name: string,
  minute: number,
  counts: { perMinute: number; failed: number; slow: number },
  { errors = [], waits = [] }: { errors?: readonly string[]; waits?: readonly string[] },
): Trial[] {
  return [['ReadersGetErrors', errors] as const, ['ReadersWait', waits] as const].map(
    ([alert, windows]) => ({
      name: `${name}: ${alert}`,
      series: requestsOf(objective, counts, minute + 60),
      minute,
      query: `count by (window) (ALERTS{alertname="${alert}", objective="${objective.name}", alertstate="firing"})`,
      gives: windows.map((window) => `{window="${window}"}`),
    }),
  );
}

/** Of a platform that is young every window holds all that there is. */
const windows = ['1h', '6h', '1d'];

const unrelated: Series = { series: 'something_else', values: '1x120' };

/** What promtool says of trials that come out otherwise; empty when none does. */
function failedTrials(
  trials: readonly Trial[],
  ruleFile: RuleFile = platformRules(inFull),
): string {
  const folder = scratchFolder();
  const file = join(folder, 'trials.yaml');
  writeFileSync(join(folder, 'rules.yaml'), stringify(ruleFile));
  writeFileSync(
    file,
    stringify({
      rule_files: ['rules.yaml'],
      evaluation_interval: '2m',
      tests: trials.map(({ name, series, minute, query, gives }) => ({
        name,
        interval: '1m',
        input_series: series,
        promql_expr_test: [
          {
            expr: query,
            eval_time: `${minute}m`,
            exp_samples: gives.map((labels) => ({ labels, value: 1 })),
          },
        ],
      })),
    }),
  );
  try {
    run('test', 'rules', file);
    return '';
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return `${stdout}${stderr}`;
  }
}

function run(...words: string[]): string {
  return execFileSync(tools?.promtool ?? '', words, { encoding: 'utf8', stdio: 'pipe' });
}
