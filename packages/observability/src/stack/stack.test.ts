import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readBudgets } from '../slo/budget.report.ts';
import type { StackAddresses } from './stack.addresses.ts';
import { readStack } from './stack.status.ts';
import { type Verified, verifyStack } from './stack.verify.ts';

/** Stands for all of the stack: keeps what it is sent, and gives it back by the APIs of the parts. */
const kept = { traces: '', logs: '', page: '', pushed: '' };
let lost: ReadonlySet<string>;
let server: Server;
let addresses: StackAddresses;

const found = (isThere: boolean) => ({ data: { result: isThere ? [{}] : [] } });

async function answer(request: IncomingMessage): Promise<[number, unknown]> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://stack');
  const query = searchParams.get('query') ?? '';
  const body = await text(request);
  if (/\/(-\/)?ready$|\/api\/health$/.test(pathname)) return [lost.has(pathname) ? 503 : 200, {}];
  if (pathname === '/v1/traces') kept.traces += body;
  if (pathname === '/collect') kept.page += body;
  if (pathname.startsWith('/api/traces/')) {
    const id = pathname.split('/').at(-1) ?? '';
    return [kept.traces.includes(id) && !lost.has('traces') ? 200 : 404, {}];
  }
  if (pathname === '/loki/api/v1/query_range') {
    const [, selector = '', mark = ''] = /^\{(.+)\} \|= "(\w+)"$/.exec(query) ?? [];
    const [from, signal] = selector.includes('reader-page')
      ? [kept.page, 'frontend']
      : [kept.logs, 'logs'];
    return [200, found(mark !== '' && from.includes(mark) && !lost.has(signal))];
  }
  if (pathname.startsWith('/metrics/job/')) {
    kept.pushed = request.method === 'PUT' ? body : '';
    return [202, {}];
  }
  if (query.startsWith('gospelib_verify_pushed == ')) {
    const sent = query.replace(' ==', '');
    return [200, found(kept.pushed === `${sent}\n` && !lost.has('jobs'))];
  }
  if (query === 'gospelib_build_info') return [200, found(!lost.has('metrics'))];
  if (query === 'objective:budget_left:ratio') {
    const metric = { objective: 'reading', indicator: 'available' };
    return [200, { data: { result: [{ metric, value: [1, '-0.5'] }] } }];
  }
  if (pathname === '/api/v2/alerts') {
    return [200, lost.has('alerts') ? [] : [{ labels: { alertname: 'DeadMansSwitch' } }]];
  }
  if (pathname.endsWith('/LabelValues')) {
    const { name, start } = JSON.parse(body);
    const asked = name === 'service_name' && typeof start === 'number';
    return [200, { names: asked && !lost.has('profiles') ? ['gateway'] : [] }];
  }
  return [200, {}];
}

beforeAll(async () => {
  server = createServer((request, response) => {
    void answer(request).then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const one = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  addresses = {
    alloy: one,
    otlp: one,
    faro: `${one}/collect`,
    prometheus: one,
    pushgateway: one,
    alertmanager: one,
    loki: one,
    tempo: one,
    pyroscope: one,
    grafana: one,
  };
});
beforeEach(() => {
  Object.assign(kept, { traces: '', logs: '', page: '', pushed: '' });
  lost = new Set();
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const verify = () =>
  verifyStack(addresses, {
    writeLog: (line) => {
      kept.logs += line;
    },
    timeoutMs: 30,
    everyMs: 10,
  });
const signals: Verified['signal'][] = [
  'metrics',
  'jobs',
  'logs',
  'traces',
  'profiles',
  'frontend',
  'alerts',
];

describe('verify', () => {
  it('sends one of each signal and finds it again', async () => {
    const verified = await verify();
    expect(verified.map(({ signal }) => signal)).toEqual(signals);
    expect(verified.filter((one) => !one.found)).toEqual([]);
    expect(kept.pushed).toBe(''); // taken away again
  });

  it.each(signals)('tells that %s are lost, and they alone', async (signal) => {
    lost = new Set([signal]);
    const missing = (await verify()).filter((one) => !one.found);
    expect(missing.map((one) => one.signal)).toEqual([signal]);
  });

  it('finds nothing where nothing answers', async () => {
    const away = 'http://127.0.0.1:9';
    const none = Object.fromEntries(
      Object.keys(addresses).map((part) => [part, away]),
    ) as unknown as StackAddresses;
    const options = { writeLog: () => undefined, timeoutMs: 1, everyMs: 1 };
    expect((await verifyStack(none, options)).every((one) => !one.found)).toBe(true);
    expect((await readStack(none)).map(({ reason }) => reason)).toEqual(
      Array.from({ length: 8 }, () => 'is not there'),
    );
    await expect(readBudgets(away)).rejects.toThrow('does not tell the budgets');
  });
});

it('status tells who is not ready', async () => {
  lost = new Set(['/api/health']);
  const parts = await readStack(addresses);
  expect(parts).toHaveLength(8);
  expect(parts.filter(({ ready }) => !ready)).toMatchObject([
    { part: 'grafana', reason: 'answers with 503' },
  ]);
});

it('budgets are told of every objective, also of one without requests', async () => {
  const budgets = await readBudgets(addresses.prometheus);
  expect(budgets).toHaveLength(8);
  expect(budgets.filter(({ left }) => left !== null)).toMatchObject([
    { objective: 'reading', indicator: 'available', target: 0.999, left: -0.5 },
  ]);
});
