import type { Next } from './dashboard.types.ts';

const guides = 'https://github.com/gospelib/gospelib/blob/main/docs/operations';

const explore = (datasource: string, query: object): string =>
  `/explore?schemaVersion=1&panes=${encodeURIComponent(
    JSON.stringify({
      a: {
        datasource,
        queries: [{ refId: 'A', datasource: { uid: datasource }, ...query }],
        range: { from: 'now-1h', to: 'now' },
      },
    }),
  )}`;

/** Where panels lead: each a page on which the next question is answered. */
export const next = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana fills it in.
  oneService: { title: 'The service', url: '/d/service?var-service=${__field.labels.service}' },
  slowTraces: {
    title: 'Slow traces',
    url: explore('tempo', { queryType: 'traceql', query: '{ duration > 250ms }' }),
  },
  failedTraces: {
    title: 'Failed traces',
    url: explore('tempo', { queryType: 'traceql', query: '{ status = error }' }),
  },
  slowQueries: {
    title: 'Slow queries',
    url: explore('tempo', {
      queryType: 'traceql',
      query: '{ kind = client && span.db.system.name != nil && duration > 50ms }',
    }),
  },
  faultLines: {
    title: 'Log lines of faults',
    url: explore('loki', { expr: '{job="gospelib", level=~"error|fatal"}' }),
  },
  profiles: {
    title: 'Profiles',
    url: explore('pyroscope', {
      queryType: 'profile',
      profileTypeId: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
      labelSelector: '{}',
    }),
  },
  recover: { title: 'What recovers it', url: `${guides}/rollback.md#the-decision-matrix` },
  backups: { title: 'Backups', url: `${guides}/database.md` },
  graph: { title: 'The graph', url: `${guides}/graph.md` },
  stores: { title: 'Stores', url: '/d/stores' },
  monitoring: { title: 'Monitoring', url: `${guides}/observability.md` },
} as const satisfies Record<string, Next>;
