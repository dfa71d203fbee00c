import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  AnnotationQueryBuilder,
  type Dashboard as Built,
  type Panel as BuiltPanel,
  DashboardBuilder,
  DashboardLinkBuilder,
  DashboardLinkType,
  QueryVariableBuilder,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as LogsPanel } from '@grafana/grafana-foundation-sdk/logs';
import { DataqueryBuilder as Logql } from '@grafana/grafana-foundation-sdk/loki';
import { DataqueryBuilder as Promql } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatPanel } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimePanel } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Dashboard, Panel, Query } from './dashboard.types.ts';

const prometheus = { type: 'prometheus', uid: 'prometheus' };
const loki = { type: 'loki', uid: 'loki' };

/** A new build answers: a vertical line in every panel. */
const deployments =
  'count by (service, version, revision) (gospelib_build_info unless gospelib_build_info offset 2m)';

/** What Grafana is told. */
export function buildDashboard({ uid, title, description, byService, rows }: Dashboard): Built {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['gospelib'])
    .time({ from: 'now-1h', to: 'now' })
    .refresh('30s')
    .timezone('browser')
    .link(
      new DashboardLinkBuilder('Boards')
        .type(DashboardLinkType.Dashboards)
        .tags(['gospelib'])
        .asDropdown(true)
        .keepTime(true),
    )
    .annotation(
      new AnnotationQueryBuilder()
        .name('Releases')
        .datasource(prometheus)
        .enable(true)
        .iconColor('blue')
        .expr(deployments)
        .titleFormat('{{service}} {{version}} {{revision}}'),
    );
  if (byService === true) {
    builder.withVariable(
      new QueryVariableBuilder('service')
        .label('Service')
        .datasource(prometheus)
        .query('label_values(gospelib_build_info, service)'),
    );
  }
  for (const row of rows) {
    builder.withRow(new RowBuilder(row.title));
    for (const panel of row.panels) builder.withPanel(panelOf(panel));
  }
  return builder.build();
}

function panelOf(panel: Panel): Builder<BuiltPanel> {
  const { title, description, unit, shows, queries, next } = panel;
  const isLog = queries.some((query) => 'logql' in query && query.lines === true);
  const builder = isLog ? new LogsPanel() : shows === 'now' ? new StatPanel() : new TimePanel();
  const onLogs = queries.some((query) => 'logql' in query);
  builder
    .title(title)
    .description(description)
    .unit(unit)
    .datasource(onLogs ? loki : prometheus)
    .height(8)
    .span(isLog ? 24 : 8)
    .links([new DashboardLinkBuilder(next.title).type(DashboardLinkType.Link).url(next.url)])
    .targets(queries.map((query, index) => targetOf(query, index, shows)));
  return builder;
}

function targetOf(query: Query, index: number, shows: Panel['shows']): Builder<Dataquery> {
  const refId = String.fromCharCode(65 + index);
  if ('logql' in query) {
    return new Logql().refId(refId).expr(query.logql).legendFormat(query.legend);
  }
  const builder = new Promql().refId(refId).expr(query.promql).legendFormat(query.legend);
  // Only a range has the traces that were counted in it.
  return shows === 'now' ? builder.instant() : builder.range().exemplar(true);
}
