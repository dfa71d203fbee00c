import { objectives } from '../rules/objectives.ts';
import { next } from './dashboard.links.ts';
import type { Dashboard } from './dashboard.types.ts';

const requests = 'http_server_request_duration_seconds';
const rate = (selector: string, by = '', suffix = 'count'): string =>
  `sum${by === '' ? '' : ` by (${by})`} (rate(${requests}_${suffix}{${selector}}[5m]))`;
const quantile = (share: number, selector: string, by = ''): string =>
  `histogram_quantile(${share}, ${rate(selector, ['le', by].filter(Boolean).join(', '), 'bucket')})`;
const probes = 'http_route!~"/health|/ready|/metrics|/debug/pprof/.*"';
const atGateway = `service="gateway", ${probes}`;

/** The first page: is all well, and if not, where. */
export const platformDashboard: Dashboard = {
  uid: 'platform',
  title: 'Platform at a glance',
  description: 'Are readers served, and if not, which service is it?',
  rows: [
    {
      title: 'What readers get',
      panels: [
        {
          title: 'Budget left',
          description:
            'Of the errors and waits that 14 days may have. Below 0 the objective is missed: what is planned waits.',
          unit: 'percentunit',
          shows: 'now',
          queries: [
            { promql: 'objective:budget_left:ratio', legend: '{{objective}} {{indicator}}' },
          ],
          next: next.monitoring,
        },
        {
          title: 'Requests',
          description: 'At the gateway, by status. 5xx are ours; many 429 are somebody’s script.',
          unit: 'reqps',
          queries: [
            {
              promql: rate(atGateway, 'http_response_status_code'),
              legend: '{{http_response_status_code}}',
            },
          ],
          next: next.failedTraces,
        },
        {
          title: 'Time of an answer',
          description: 'Half, and all but one in a hundred, are answered within.',
          unit: 's',
          queries: [
            { promql: quantile(0.5, atGateway), legend: 'half' },
            { promql: quantile(0.99, atGateway), legend: '99 %' },
          ],
          next: next.slowTraces,
        },
      ],
    },
    {
      title: 'What serves them',
      panels: [
        {
          title: 'Services that answer',
          description: '1 while its metrics can be read.',
          unit: 'bool_yes_no',
          shows: 'now',
          queries: [{ promql: 'min by (service) (up{job="gospelib"})', legend: '{{service}}' }],
          next: next.oneService,
        },
        {
          title: 'Requests by service',
          description: 'Work behind the gateway: a service that is silent while others are not.',
          unit: 'reqps',
          queries: [{ promql: rate(probes, 'service'), legend: '{{service}}' }],
          next: next.oneService,
        },
        {
          title: 'Event loop held',
          description: 'All but one in a hundred waits. Above 100 ms readers feel it.',
          unit: 's',
          queries: [
            {
              promql: 'max by (service) (nodejs_eventloop_lag_p99_seconds{job="gospelib"})',
              legend: '{{service}}',
            },
          ],
          next: next.profiles,
        },
        {
          title: 'Faults in the logs',
          description: 'Lines of level error and fatal.',
          unit: 'short',
          queries: [
            {
              logql:
                'sum by (service_name) (count_over_time({job="gospelib", level=~"error|fatal"}[5m]))',
              legend: '{{service_name}}',
            },
          ],
          next: next.faultLines,
        },
      ],
    },
  ],
};

const one = `service="$service", ${probes}`;

/** Any service: what it is asked, what it waits for, what it uses. */
export const serviceDashboard: Dashboard = {
  uid: 'service',
  title: 'One service',
  description: 'What is it asked, what does it wait for, what does it use?',
  byService: true,
  rows: [
    {
      title: 'Asked',
      panels: [
        {
          title: 'Requests by route',
          description: 'Templates, never addresses.',
          unit: 'reqps',
          queries: [{ promql: rate(one, 'http_route'), legend: '{{http_route}}' }],
          next: next.slowTraces,
        },
        {
          title: 'Share of faults by status',
          description: 'Only 5xx are the service’s own.',
          unit: 'reqps',
          queries: [
            {
              promql: rate(one, 'http_response_status_code'),
              legend: '{{http_response_status_code}}',
            },
          ],
          next: next.failedTraces,
        },
        {
          title: 'Time by route, 99 %',
          description: 'A point is a trace: click it.',
          unit: 's',
          queries: [{ promql: quantile(0.99, one, 'http_route'), legend: '{{http_route}}' }],
          next: next.slowTraces,
        },
      ],
    },
    {
      title: 'Uses',
      panels: [
        {
          title: 'Processor',
          description: 'Cores. Its profile names the function.',
          unit: 'none',
          queries: [
            {
              promql: 'sum by (service) (rate(process_cpu_seconds_total{service="$service"}[5m]))',
              legend: '{{service}}',
            },
          ],
          next: next.profiles,
        },
        {
          title: 'Memory',
          description: 'A heap that only grows is a leak: compare its profiles of two hours.',
          unit: 'bytes',
          queries: [
            { promql: 'process_resident_memory_bytes{service="$service"}', legend: 'resident' },
            { promql: 'nodejs_heap_size_used_bytes{service="$service"}', legend: 'heap' },
          ],
          next: next.profiles,
        },
        {
          title: 'Garbage collection',
          description: 'Share of time. Above a tenth the heap is too small.',
          unit: 'percentunit',
          queries: [
            {
              promql:
                'sum by (kind) (rate(nodejs_gc_duration_seconds_sum{service="$service"}[5m]))',
              legend: '{{kind}}',
            },
          ],
          next: next.profiles,
        },
        {
          title: 'Log',
          description: 'As it was written.',
          unit: 'short',
          queries: [{ logql: '{service_name="$service"}', legend: '', lines: true }],
          next: next.faultLines,
        },
      ],
    },
  ],
};

/** What readers feel, counted at the gateway and in their browsers. */
export const readersDashboard: Dashboard = {
  uid: 'readers',
  title: 'Readers’ experience',
  description: 'How long do readers wait, what fails in their browsers?',
  rows: [
    {
      title: 'What they do',
      panels: [
        {
          title: 'Pages, chapters, searches, notes, sign-ins',
          description: 'Counted at the gateway by what they are for.',
          unit: 'reqps',
          queries: [
            { promql: rate('service="gateway", http_route="/*"'), legend: 'pages and files' },
            ...objectives.map(({ does, methods, routes }) => ({
              promql: rate(
                `service="gateway", http_request_method=~"${methods.join('|')}", http_route=~"${routes.join('|')}"`,
              ),
              legend: does,
            })),
          ],
          next: next.slowTraces,
        },
        ...objectives.map(({ does, methods, routes, inTime }) => ({
          title: `Waiting for: ${does}`,
          description: `${inTime.share * 100} % have to be answered within ${inTime.within} s.`,
          unit: 's',
          queries: [0.5, 0.99].map((share) => ({
            promql: quantile(
              share,
              `service="gateway", http_request_method=~"${methods.join('|')}", http_route=~"${routes.join('|')}"`,
            ),
            legend: share === 0.5 ? 'half' : '99 %',
          })),
          next: next.slowTraces,
        })),
      ],
    },
    {
      title: 'In their browsers',
      panels: [
        ...(['lcp', 'inp', 'cls', 'ttfb'] as const).map((vital) => ({
          title: vital.toUpperCase(),
          description: {
            lcp: 'The largest piece is painted: good up to 2.5 s.',
            inp: 'From a touch to the next picture: good up to 200 ms.',
            cls: 'How far things jump: good up to 0.1.',
            ttfb: 'Until the first byte.',
          }[vital],
          unit: vital === 'cls' ? 'none' : 'ms',
          queries: [
            {
              logql: `quantile_over_time(0.75, {service_name="reader-page", kind="measurement"} | json | type="web-vitals" | unwrap value_${vital} [15m]) by ()`,
              legend: 'three of four',
            },
          ],
          next: next.slowTraces,
        })),
        {
          title: 'Errors',
          description: 'What broke in a page, as its browser told.',
          unit: 'short',
          queries: [
            {
              logql: '{service_name="reader-page", kind="exception"}',
              legend: '',
              lines: true,
            },
          ],
          next: next.failedTraces,
        },
      ],
    },
  ],
};
