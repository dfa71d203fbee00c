import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type RunningChild, spawnChild } from '@gospelib/processes';
import { stringify } from 'yaml';
import { alertmanagerConfig } from '../prometheus/alertmanager.config.ts';
import { prometheusConfig, type Target } from '../prometheus/prometheus.config.ts';
import type { Duration, RuleFile } from '../rules/rule.types.ts';
import type { PrometheusTools } from './prometheus.tools.ts';

/** Prometheus and Alertmanager with our configuration, in a time that passes faster. */
export class Alerting {
  readonly prometheus: string;
  readonly #folder: string;
  readonly #alertmanager: string;
  readonly #duration: Duration;
  #children: RunningChild[] = [];

  private constructor(folder: string, ports: [number, number], duration: Duration) {
    this.#folder = folder;
    this.prometheus = `127.0.0.1:${ports[0]}`;
    this.#alertmanager = `127.0.0.1:${ports[1]}`;
    this.#duration = duration;
  }

  static async start(
    tools: PrometheusTools,
    options: {
      targets: readonly Target[];
      rules: readonly RuleFile[];
      receiver: string;
      duration: Duration;
    },
  ): Promise<Alerting> {
    const folder = mkdtempSync(join(tmpdir(), 'gospelib-observe-'));
    const alerting = new Alerting(folder, [await freePort(), await freePort()], options.duration);
    await alerting.#start(tools, options);
    return alerting;
  }

  /** Prometheus looks at these from now on. */
  async lookAt(targets: readonly Target[]): Promise<void> {
    this.#writeTargets(targets);
    await fetch(`http://${this.prometheus}/-/reload`, { method: 'POST' });
  }

  async stop(): Promise<void> {
    await Promise.all(this.#children.map((child) => child.stop()));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(
    tools: PrometheusTools,
    {
      targets,
      rules,
      receiver,
    }: { targets: readonly Target[]; rules: readonly RuleFile[]; receiver: string },
  ): Promise<void> {
    mkdirSync(join(this.#folder, 'rules'));
    for (const [i, file] of rules.entries()) {
      writeFileSync(join(this.#folder, 'rules', `${i}.yaml`), stringify(file));
    }
    this.#writeTargets(targets);
    const addresses = alertmanagerConfig({
      addressOf: (name) => ({ url: `${receiver}/${name}` }),
      duration: this.#duration,
    });
    writeFileSync(join(this.#folder, 'alertmanager.yaml'), stringify(addresses));
    await this.#run(tools.alertmanager, this.#alertmanager, [
      '--config.file=alertmanager.yaml',
      '--storage.path=alertmanager',
      '--cluster.listen-address=',
    ]);
    await this.#run(tools.prometheus, this.prometheus, [
      '--config.file=prometheus.yaml',
      '--storage.tsdb.path=prometheus',
      '--web.enable-lifecycle',
      '--rules.alert.resend-delay=1s',
    ]);
  }

  async #run(command: string, address: string, args: readonly string[]): Promise<void> {
    const lines: string[] = [];
    const child = await spawnChild({
      command,
      args: [...args, `--web.listen-address=${address}`],
      cwd: this.#folder,
      log: (line) => lines.push(line),
    });
    this.#children.push(child);
    for (let i = 0; i < 300; i += 1) {
      const ready = await fetch(`http://${address}/-/ready`).catch(() => undefined);
      if (ready?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${command} is not ready at ${address}:\n${lines.slice(-10).join('\n')}`);
  }

  #writeTargets(targets: readonly Target[]): void {
    const config = prometheusConfig({
      targets,
      rules: ['rules/*.yaml'],
      alertmanager: this.#alertmanager,
      duration: this.#duration,
    });
    writeFileSync(join(this.#folder, 'prometheus.yaml'), stringify(config));
  }
}
