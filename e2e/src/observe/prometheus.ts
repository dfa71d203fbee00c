import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allRules, prometheusConfig } from '@gospelib/observability';
import { freePort, type RunningChild, spawnChild } from '@gospelib/processes';

/** One time series of an answer. */
export interface Series {
  metric: Readonly<Record<string, string>>;
  value: [number, string];
}

/** A real Prometheus with our rules, which reads the services of a platform every two seconds. */
export class Prometheus {
  /** Of its pages. */
  readonly origin: string;
  readonly #folder: string;
  readonly #child: RunningChild;

  private constructor(address: string, folder: string, child: RunningChild) {
    this.origin = `http://${address}`;
    this.#folder = folder;
    this.#child = child;
  }

  /** @param targets services by `host:port` */
  static async start(
    command: string,
    targets: readonly { service: string; address: string }[],
  ): Promise<Prometheus> {
    const folder = mkdtempSync(join(tmpdir(), 'gospelib-prometheus-'));
    mkdirSync(join(folder, 'rules'));
    // JSON is YAML. The names of what is recorded stay; only how often they are worked out is changed.
    for (const [i, { groups }] of allRules().entries()) {
      const often = { groups: groups.map((group) => ({ ...group, interval: '2s' })) };
      writeFileSync(join(folder, 'rules', `${i}.yaml`), JSON.stringify(often));
    }
    const config = prometheusConfig({
      targets,
      rules: ['rules/*.yaml'],
      alertmanager: 'localhost:9',
      duration: () => '2s',
    });
    writeFileSync(join(folder, 'prometheus.yaml'), JSON.stringify(config));
    const address = `127.0.0.1:${await freePort()}`;
    const lines: string[] = [];
    const child = await spawnChild({
      command,
      args: [
        '--config.file=prometheus.yaml',
        '--storage.tsdb.path=data',
        '--enable-feature=exemplar-storage',
        `--web.listen-address=${address}`,
      ],
      cwd: folder,
      log: (line) => lines.push(line),
    });
    for (let i = 0; i < 300; i += 1) {
      const ready = await fetch(`http://${address}/-/ready`).catch(() => undefined);
      if (ready?.ok) return new Prometheus(address, folder, child);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await child.stop();
    throw new Error(`Prometheus is not ready:\n${lines.slice(-10).join('\n')}`);
  }

  /** @throws Error for what is no query */
  async ask(query: string): Promise<Series[]> {
    const { result } = await this.#get<{ result: Series[] }>('query', { query });
    return result;
  }

  /** Traces that buckets name. */
  async exemplars(query: string): Promise<string[]> {
    const now = Date.now() / 1000;
    const range = { query, start: String(now - 600), end: String(now + 10) };
    type Found = { exemplars: { labels: { trace_id: string } }[] }[];
    const found = await this.#get<Found>('query_exemplars', range);
    return found.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels.trace_id));
  }

  async stop(): Promise<void> {
    await this.#child.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #get<T>(what: string, parameters: Record<string, string>): Promise<T> {
    const response = await fetch(
      `${this.origin}/api/v1/${what}?${new URLSearchParams(parameters)}`,
    );
    const body = (await response.json()) as { data: T; error?: string };
    if (!response.ok) throw new Error(`${parameters.query}: ${body.error}`);
    return body.data;
  }
}
