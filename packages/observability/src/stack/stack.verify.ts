import { randomBytes } from 'node:crypto';
import { waitUntil } from '@gospelib/cli-kit';
import type { StackAddresses } from './stack.addresses.ts';

export interface Verified {
  signal: 'metrics' | 'jobs' | 'logs' | 'traces' | 'profiles' | 'frontend' | 'alerts';
  /** How it came in and where it was looked for. */
  way: string;
  found: boolean;
}

export interface VerifyOptions {
  /** Appends a line to a log that the agent follows. */
  writeLog(line: string): void;
  timeoutMs: number;
  everyMs?: number;
}

/** Sends one of each signal and looks whether it arrives: what only a running stack can prove. */
export function verifyStack(to: StackAddresses, options: VerifyOptions): Promise<Verified[]> {
  const mark = randomBytes(16).toString('hex');
  const { timeoutMs, everyMs = 1000 } = options;
  const found = async (look: () => Promise<boolean>): Promise<boolean> => {
    const ask = async () => ((await look().catch(() => false)) ? true : undefined);
    return (await waitUntil(ask, { timeoutMs, everyMs })) === true;
  };
  return Promise.all([
    verify('metrics', 'scraped from the services by Alloy, in Prometheus', () =>
      found(async () => {
        const { data } = await ask(`${to.prometheus}/api/v1/query?query=gospelib_build_info`);
        return data.result.length > 0;
      }),
    ),
    verify('jobs', 'pushed to the Pushgateway, by Alloy, in Prometheus', async () => {
      const now = Date.now();
      const group = `${to.pushgateway}/metrics/job/observe-verify`;
      await send('PUT', group, `gospelib_verify_pushed ${now}\n`);
      const arrived = await found(async () => {
        const query = encodeURIComponent(`gospelib_verify_pushed == ${now}`);
        return (await ask(`${to.prometheus}/api/v1/query?query=${query}`)).data.result.length > 0;
      });
      await send('DELETE', group);
      return arrived;
    }),
    verify('logs', 'a line in a log file, by Alloy, in Loki', () => {
      options.writeLog(JSON.stringify({ level: 'info', time: new Date(), message: mark }));
      return found(() => inLoki(to.loki, `{job="gospelib"} |= "${mark}"`));
    }),
    verify('traces', 'a span by OTLP, by Alloy, in Tempo', async () => {
      await post(`${to.otlp}/v1/traces`, spanOf(mark));
      return found(async () => (await fetch(`${to.tempo}/api/traces/${mark}`)).ok);
    }),
    verify('profiles', 'pulled from the services by Alloy, in Pyroscope', () =>
      found(async () => {
        const { names = [] } = await post(`${to.pyroscope}/querier.v1.QuerierService/LabelValues`, {
          name: 'service_name',
          start: Date.now() - 3_600_000,
          end: Date.now(),
        });
        return names.includes('gateway');
      }),
    ),
    verify('frontend', 'a log of the page, by Faro, in Loki', async () => {
      await post(to.faro, logOfPage(mark));
      return found(() => inLoki(to.loki, `{service_name="reader-page"} |= "${mark}"`));
    }),
    verify('alerts', 'the dead man’s switch of Prometheus, in Alertmanager', () =>
      found(async () => {
        const alerts = await ask(`${to.alertmanager}/api/v2/alerts`);
        return JSON.stringify(alerts).includes('DeadMansSwitch');
      }),
    ),
  ]);
}

/** What cannot be sent was not found either. */
async function verify(
  signal: Verified['signal'],
  way: string,
  look: () => Promise<boolean>,
): Promise<Verified> {
  return { signal, way, found: await look().catch(() => false) };
}

async function inLoki(loki: string, query: string): Promise<boolean> {
  const { data } = await ask(`${loki}/loki/api/v1/query_range?query=${encodeURIComponent(query)}`);
  return data.result.length > 0;
}

/** JSON of somebody else's API, of which only what is looked for is read. */
// biome-ignore lint/suspicious/noExplicitAny: each caller reads one member, and a missing one counts as not found.
type Answer = any;

async function ask(url: string): Promise<Answer> {
  return (await fetch(url)).json();
}

async function send(method: string, url: string, body?: string): Promise<void> {
  const response = await fetch(url, { method, ...(body !== undefined && { body }) });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`${url} answers with ${response.status}`);
}

async function post(url: string, body: object): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answers with ${response.status}`);
  const text = await response.text();
  return text === '' ? {} : JSON.parse(text);
}

/** https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
function spanOf(traceId: string): object {
  const end = BigInt(Date.now()) * 1_000_000n;
  const span = {
    traceId,
    spanId: randomBytes(8).toString('hex'),
    name: 'gl observe verify',
    kind: 1,
    startTimeUnixNano: String(end - 1_000_000n),
    endTimeUnixNano: String(end),
  };
  const name = { key: 'service.name', value: { stringValue: 'observe-verify' } };
  return {
    resourceSpans: [{ resource: { attributes: [name] }, scopeSpans: [{ spans: [span] }] }],
  };
}

function logOfPage(message: string): object {
  const timestamp = new Date().toISOString();
  return {
    meta: { app: { name: 'reader-page', version: 'verify' } },
    logs: [{ message, level: 'info', timestamp, context: {} }],
  };
}
