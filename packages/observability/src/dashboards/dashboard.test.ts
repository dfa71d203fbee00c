import { parser as logql } from '@grafana/lezer-logql';
import { parser as traceql } from '@grafana/lezer-traceql';
import { parser as promql } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';
import { alertsOf, allRules } from '../rules/alert.list.ts';
import { next } from './dashboard.links.ts';
import { dashboards } from './dashboard.list.ts';

interface Parser {
  parse(text: string): { iterate(how: { enter(node: Found): void }): void };
}

interface Found {
  type: { isError: boolean };
  from: number;
}

/** Where a parser finds what is no part of its language. */
function faultsOf(parser: Parser, text: string): number[] {
  const faults: number[] = [];
  parser.parse(text).iterate({
    enter: ({ type, from }) => {
      if (type.isError) faults.push(from);
    },
  });
  return faults;
}

const panels = dashboards.flatMap(({ uid, rows }) =>
  rows.flatMap((row) => row.panels.map((panel) => ({ name: `${uid}: ${panel.title}`, panel }))),
);
const queries = panels.flatMap(({ name, panel }) =>
  panel.queries.map((query) => ({ name, query })),
);

describe('queries', () => {
  it('are told from what is none', () => {
    expect(faultsOf(promql, 'sum by (a) (rate(b[5m])')).not.toEqual([]);
    expect(faultsOf(logql, '{job="a" | json')).not.toEqual([]);
    expect(faultsOf(traceql, '{ duration > }')).not.toEqual([]);
  });

  const asked = (text: string) => text.replaceAll('$service', 'gateway');

  it.each(queries.filter(({ query }) => 'promql' in query))('$name is PromQL', ({ query }) => {
    expect(faultsOf(promql, asked('promql' in query ? query.promql : ''))).toEqual([]);
  });

  it.each(queries.filter(({ query }) => 'logql' in query))('$name is LogQL', ({ query }) => {
    expect(faultsOf(logql, asked('logql' in query ? query.logql : ''))).toEqual([]);
  });

  it('of rules are PromQL', () => {
    const rules = allRules().flatMap(({ groups }) => groups.flatMap((group) => group.rules));
    expect(rules.length).toBeGreaterThan(alertsOf(allRules()).length);
    for (const { expr } of rules) expect(faultsOf(promql, expr)).toEqual([]);
  });

  it('that links lead to are TraceQL and LogQL', () => {
    const texts = Object.values(next)
      .filter(({ url }) => url.startsWith('/explore'))
      .flatMap(({ url }) => {
        const panes = new URL(url, 'http://grafana').searchParams.get('panes') ?? '';
        return (JSON.parse(panes) as { a: { queries: Record<string, string>[] } }).a.queries;
      });
    const traces = texts.filter(({ queryType }) => queryType === 'traceql');
    expect(traces.length).toBeGreaterThan(2);
    for (const { query = '' } of traces) expect(faultsOf(traceql, query)).toEqual([]);
    const logs = texts.flatMap(({ expr }) => expr ?? []);
    expect(logs.length).toBeGreaterThan(0);
    for (const expr of logs) expect(faultsOf(logql, expr)).toEqual([]);
  });
});

it('every panel says what is good, in which unit, and where to look next', () => {
  expect(panels.length).toBeGreaterThan(30);
  for (const { panel } of panels) {
    expect(panel.description).toMatch(/\S{3}.*\.$/);
    expect(panel.unit).not.toBe('');
    expect(panel.next.url).toMatch(/^(https:\/\/|\/(d|explore)\b)/);
    expect(panel.queries.length).toBeGreaterThan(0);
  }
});

it('a link to a board leads to one that there is, and every alert has one', () => {
  const uidOf = (url: string) => /^\/d\/([\w-]+)/.exec(url)?.[1];
  const ofAlerts = alertsOf(allRules()).map(
    ({ annotations }) => uidOf(annotations.board) ?? 'none',
  );
  const ofPanels = panels.flatMap(({ panel }) => uidOf(panel.next.url) ?? []);
  expect(ofPanels.length).toBeGreaterThan(0);
  const boards = [...ofPanels, ...ofAlerts];
  const known = dashboards.map(({ uid }) => uid);
  for (const board of boards) expect(known).toContain(board);
});
