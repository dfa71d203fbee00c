import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import autocannon from 'autocannon';

const run = promisify(execFile);

/** What one bounded, closed-loop load did. Latencies in milliseconds. */
export interface Load {
  readonly tool: 'wrk' | 'autocannon';
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Answers that were not 2xx or 3xx, and connections that failed. */
  readonly failures: number;
}

export interface LoadOptions {
  readonly origin: string;
  /** Requested in turn; each connection of autocannon starts at the first. */
  readonly paths: readonly string[];
  readonly connections: number;
  readonly seconds: number;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

let wrkFound: Promise<boolean> | undefined;

/** Loads a server on this machine: with wrk where it is installed (it costs least), else with autocannon. */
export async function load(options: LoadOptions): Promise<Load> {
  wrkFound ??= run('wrk', ['--version']).then(
    () => true,
    (error: { code?: unknown }) => error.code !== 'ENOENT', // wrk --version exits with 1
  );
  return (await wrkFound) ? loadWithWrk(options) : loadWithAutocannon(options);
}

async function loadWithWrk({
  origin,
  paths,
  connections,
  seconds,
  headers = {},
}: LoadOptions): Promise<Load> {
  const folder = await mkdtemp(join(tmpdir(), 'gospelib-wrk-'));
  try {
    const script = join(folder, 'paths.lua');
    await writeFile(script, wrkScript(paths));
    const { stdout } = await run('wrk', [
      ...['--threads', '1', '--connections', String(connections)],
      ...['--duration', `${seconds}s`, '--timeout', '5s', '--script', script],
      ...Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]),
      origin,
    ]);
    const summary = JSON.parse(stdout.slice(stdout.lastIndexOf('\n{') + 1)) as WrkSummary;
    return {
      tool: 'wrk',
      requestsPerSecond: summary.requests / (summary.duration / 1e6),
      p50: summary.p50 / 1000,
      p99: summary.p99 / 1000,
      failures: summary.failures,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** wrk's own figures in microseconds. */
interface WrkSummary {
  readonly requests: number;
  readonly duration: number;
  readonly p50: number;
  readonly p99: number;
  readonly failures: number;
}

function wrkScript(paths: readonly string[]): string {
  return `local paths = { ${paths.map((path) => JSON.stringify(path)).join(', ')} }
local i = 0
request = function()
  i = i % #paths + 1
  return wrk.format('GET', paths[i])
end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('\\n{"requests":%d,"duration":%d,"p50":%d,"p99":%d,"failures":%d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
`;
}

async function loadWithAutocannon({
  origin,
  paths,
  connections,
  seconds,
  headers = {},
}: LoadOptions): Promise<Load> {
  const result = await autocannon({
    url: origin,
    connections,
    duration: seconds,
    headers: { ...headers },
    requests: paths.map((path) => ({ path })),
  });
  return {
    tool: 'autocannon',
    requestsPerSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failures: result.errors + result.timeouts + result.non2xx,
  };
}

/** Requests every path exactly once, `inFlight` at a time; the latencies in milliseconds, ascending. */
export async function eachOnce(
  origin: string,
  paths: readonly string[],
  inFlight: number,
): Promise<{ readonly latencies: readonly number[]; readonly failures: number }> {
  const latencies: number[] = [];
  let failures = 0;
  const queue = paths.values();
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const worker = async (): Promise<void> => {
    for (const path of queue) {
      const start = performance.now();
      const status = await statusOf(origin + path, agent);
      latencies.push(performance.now() - start);
      if (status !== 200) failures += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: inFlight }, worker));
  } finally {
    agent.destroy();
  }
  return { latencies: latencies.sort((a, b) => a - b), failures };
}

/** Reads a whole answer with Node's own client: `fetch` costs as much as the platform it would measure. */
function statusOf(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', reject);
    }).on('error', reject);
  });
}

/** The value below which the given share (0..1) of ascending values lies. */
export function percentile(ascending: readonly number[], share: number): number {
  const index = Math.min(ascending.length - 1, Math.ceil(ascending.length * share) - 1);
  const value = ascending[Math.max(0, index)];
  if (value === undefined) throw new RangeError('percentile of nothing');
  return value;
}

/** The middle of several runs: one noisy run does not decide. */
export function median(values: readonly number[]): number {
  return percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}
