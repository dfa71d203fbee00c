import { next } from './dashboard.links.ts';
import type { Dashboard } from './dashboard.types.ts';

const queries = 'db_client_operation_duration_seconds';

/** What services wait for. */
export const storesDashboard: Dashboard = {
  uid: 'stores',
  title: 'Stores',
  description: 'Which query is slow, which store refuses?',
  rows: [
    {
      title: 'Queries',
      panels: [
        {
          title: 'Queries by store',
          description: 'As services count them.',
          unit: 'ops',
          queries: [
            {
              promql: `sum by (db_system_name, service) (rate(${queries}_count[5m]))`,
              legend: '{{db_system_name}} of {{service}}',
            },
          ],
          next: next.slowQueries,
        },
        {
          title: 'The ten slowest, 99 %',
          description: 'By their names in the code. A point is a trace: click it.',
          unit: 's',
          queries: [
            {
              promql: `topk(10, histogram_quantile(0.99, sum by (le, service, db_query_summary) (rate(${queries}_bucket[5m]))))`,
              legend: '{{db_query_summary}} of {{service}}',
            },
          ],
          next: next.slowQueries,
        },
        {
          title: 'The ten that take most time',
          description: 'Seconds of waiting a second: what is worth making faster.',
          unit: 'none',
          queries: [
            {
              promql: `topk(10, sum by (service, db_query_summary) (rate(${queries}_sum[5m])))`,
              legend: '{{db_query_summary}} of {{service}}',
            },
          ],
          next: next.slowQueries,
        },
        {
          title: 'Queries by outcome',
          description: 'Refused ones are what `StoreFails` counts.',
          unit: 'ops',
          queries: [
            {
              promql: `sum by (db_system_name, outcome) (rate(${queries}_count[5m]))`,
              legend: '{{db_system_name}} {{outcome}}',
            },
          ],
          next: next.recover,
        },
        {
          title: 'Limits shared through Redis',
          description: '0: each gateway limits by itself.',
          unit: 'bool_yes_no',
          shows: 'now',
          queries: [{ promql: 'gateway_rate_limit_shared', legend: '{{instance}}' }],
          next: next.recover,
        },
      ],
    },
  ],
};

/** Whether what is read is what it should be. */
export const contentDashboard: Dashboard = {
  uid: 'content',
  title: 'Content’s quality',
  description: 'Do readers find what they look for, in a graph that is sound?',
  rows: [
    {
      title: 'Search',
      panels: [
        {
          title: 'Searches by what they found',
          description:
            'Worked out anew; those that are asked again come from memory. Many without result: look at what is typed.',
          unit: 'ops',
          queries: [
            {
              promql: 'sum by (outcome) (rate(gospelib_search_outcomes_total[5m]))',
              legend: '{{outcome}}',
            },
          ],
          next: next.slowTraces,
        },
        {
          title: 'Verses shown',
          description: 'Verses of chapters that were opened.',
          unit: 'ops',
          queries: [{ promql: 'sum(rate(gospelib_verses_read_total[5m]))', legend: 'verses' }],
          next: next.graph,
        },
      ],
    },
    {
      title: 'The graph',
      panels: [
        {
          title: 'The active graph is sound',
          description: 'As the auditor last found it.',
          unit: 'bool_yes_no',
          shows: 'now',
          queries: [{ promql: 'gospelib_graph_intact', legend: 'sound' }],
          next: next.graph,
        },
        {
          title: 'Sound copies',
          description: 'What is served when the active graph is damaged.',
          unit: 'short',
          shows: 'now',
          queries: [{ promql: 'gospelib_graph_stand_ins', legend: 'copies' }],
          next: next.graph,
        },
        {
          title: 'Since the last check',
          description: 'Above a quarter of an hour damage would go unnoticed.',
          unit: 's',
          queries: [{ promql: 'time() - gospelib_graph_last_check_seconds', legend: 'since' }],
          next: next.graph,
        },
        {
          title: 'The active graph is served',
          description: '0: content serves a fallback, or nothing.',
          unit: 'bool_yes_no',
          shows: 'now',
          queries: [{ promql: 'gospelib_corpus_active', legend: '{{instance}}' }],
          next: next.recover,
        },
      ],
    },
  ],
};

/** What was brought out when, and what it did. */
export const deliveryDashboard: Dashboard = {
  uid: 'delivery',
  title: 'Delivery',
  description: 'What runs since when, and are readers worse off with it?',
  rows: [
    {
      title: 'Releases',
      panels: [
        {
          title: 'What runs',
          description: 'Instances by build. Two builds of a service: it is being rolled out.',
          unit: 'short',
          queries: [
            {
              promql: 'count by (service, version, revision) (gospelib_build_info)',
              legend: '{{service}} {{version}} {{revision}}',
            },
          ],
          next: next.oneService,
        },
        {
          title: 'Runs for',
          description: 'A process that starts over and over has the words why in its log.',
          unit: 's',
          queries: [
            {
              promql: 'time() - process_start_time_seconds{job="gospelib"}',
              legend: '{{service}} at {{instance}}',
            },
          ],
          next: next.faultLines,
        },
        {
          title: 'Missed, by objective',
          description: 'Within the last hour: what a bake watches.',
          unit: 'percentunit',
          queries: [{ promql: 'objective:missed:ratio1h', legend: '{{objective}} {{indicator}}' }],
          next: next.recover,
        },
      ],
    },
  ],
};

/** Whether everything could be recovered tonight. */
export const recoveryDashboard: Dashboard = {
  uid: 'recovery',
  title: 'Recovery',
  description: 'Could everything be recovered tonight?',
  rows: [
    {
      title: 'Backups',
      panels: [
        {
          title: 'Age of the newest',
          description: 'What was written since would be lost with the store. Woken at 26 h.',
          unit: 's',
          queries: [{ promql: 'time() - gospelib_backup_newest_seconds', legend: '{{kind}}' }],
          next: next.backups,
        },
        {
          title: 'Since one was restored and verified',
          description: 'A backup that was never restored is none. A ticket at 8 days.',
          unit: 's',
          queries: [{ promql: 'time() - gospelib_backup_verified_seconds', legend: '{{kind}}' }],
          next: next.backups,
        },
        {
          title: 'Damaged backups',
          description: 'They cannot be restored.',
          unit: 'short',
          shows: 'now',
          queries: [{ promql: 'gospelib_backups_damaged', legend: '{{kind}}' }],
          next: next.recover,
        },
        {
          title: 'Since a drill passed',
          description:
            'A recovery that nobody rehearses stops working unseen. A ticket at 35 days.',
          unit: 's',
          queries: [{ promql: 'time() - gospelib_drill_passed_seconds', legend: '{{drill}}' }],
          next: next.recover,
        },
      ],
    },
  ],
};

/** What the platform uses, and what watching it uses. */
export const costDashboard: Dashboard = {
  uid: 'cost',
  title: 'Cost',
  description: 'What is used, by whom? `./gl cost` knows what it costs.',
  rows: [
    {
      title: 'Used',
      panels: [
        {
          title: 'Memory by service',
          description: 'Resident. Nodes are chosen by it.',
          unit: 'bytes',
          queries: [
            {
              promql: 'sum by (service) (process_resident_memory_bytes{job="gospelib"})',
              legend: '{{service}}',
            },
          ],
          next: next.oneService,
        },
        {
          title: 'Processor by service',
          description: 'In cores: one is a second of work a second.',
          unit: 'none',
          queries: [
            {
              promql: 'sum by (service) (rate(process_cpu_seconds_total{job="gospelib"}[5m]))',
              legend: '{{service}}',
            },
          ],
          next: next.profiles,
        },
        {
          title: 'Series by service',
          description: 'Grow with routes and queries in the code, never with what is asked.',
          unit: 'short',
          queries: [
            {
              promql: 'sum by (service) (scrape_samples_post_metric_relabeling{job="gospelib"})',
              legend: '{{service}}',
            },
          ],
          next: next.monitoring,
        },
        {
          title: 'Spans by outcome',
          description: 'Refused and dropped ones are lost: the agent is away, or too slow.',
          unit: 'ops',
          queries: [
            {
              promql: 'sum by (service, outcome) (rate(gospelib_telemetry_spans_total[5m]))',
              legend: '{{service}} {{outcome}}',
            },
          ],
          next: next.monitoring,
        },
      ],
    },
  ],
};
