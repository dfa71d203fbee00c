import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type RunningChild, spawnChild } from '@gospelib/processes';

/** A span as the collector’s debug exporter prints it. */
export interface CollectedSpan {
  service: string;
  traceId: string;
  parentId: string;
  id: string;
  name: string;
}

/** OpenTelemetry’s own collector, which prints what it is sent. */
export class Collector {
  readonly endpoint: string;
  readonly #command: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'gospelib-collector-'));
  readonly #lines: string[] = [];
  #child: RunningChild | undefined;

  private constructor(command: string, port: number) {
    this.#command = command;
    this.endpoint = `http://127.0.0.1:${port}`;
  }

  static async start(command: string): Promise<Collector> {
    const collector = new Collector(command, await freePort());
    await collector.run();
    return collector;
  }

  /** Starts it, or starts it again where it was. */
  async run(): Promise<void> {
    const { host } = new URL(this.endpoint);
    const config = join(this.#folder, 'collector.yaml');
    writeFileSync(
      config,
      [
        `receivers: {otlp: {protocols: {http: {endpoint: "${host}"}}}}`,
        'exporters: {debug: {verbosity: detailed}}',
        'service:',
        '  telemetry: {metrics: {level: none}}',
        '  pipelines: {traces: {receivers: [otlp], exporters: [debug]}}',
      ].join('\n'),
    );
    const from = this.#lines.length;
    this.#child = await spawnChild({
      command: this.#command,
      args: ['--config', config],
      cwd: this.#folder,
      log: (line) => this.#lines.push(line),
    });
    for (let i = 0; i < 300; i += 1) {
      if (this.#lines.slice(from).some((line) => line.includes('Everything is ready'))) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`The collector is not ready:\n${this.#lines.slice(-10).join('\n')}`);
  }

  async end(): Promise<void> {
    await this.#child?.stop();
    this.#child = undefined;
  }

  async stop(): Promise<void> {
    await this.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get spans(): CollectedSpan[] {
    const spans: CollectedSpan[] = [];
    let service = '';
    for (const line of this.#lines) {
      service = /service\.name: Str\(([^)]*)\)/.exec(line)?.[1] ?? service;
      const [, field = '', value = ''] =
        /^\s+(Trace ID|Parent ID|ID|Name)\s*: ?(.*)$/.exec(line) ?? [];
      if (field === 'Trace ID')
        spans.push({ service, traceId: value, parentId: '', id: '', name: '' });
      const span = spans.at(-1);
      if (span === undefined) continue;
      if (field === 'Parent ID') span.parentId = value;
      else if (field === 'ID') span.id = value;
      else if (field === 'Name' && span.name === '') span.name = value;
    }
    return spans;
  }
}
