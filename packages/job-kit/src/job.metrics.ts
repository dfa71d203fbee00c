/** The longest time that a job waits for somebody who does not take its metrics, ms. */
const pushMs = 2_000;

interface Value {
  name: string;
  help: string;
  value: number;
  labels: Readonly<Record<string, string>>;
}

/** What a job knows at its end; what of it is not said again keeps its value in the Pushgateway. */
export class JobMetrics {
  readonly #values: Value[] = [];

  /** @param name with its unit, as Prometheus has it: `gospelib_backup_newest_seconds` */
  set(
    name: string,
    help: string,
    value: number,
    labels: Readonly<Record<string, string>> = {},
  ): void {
    this.#values.push({ name, help, value, labels });
  }

  /** @param job the group in which a metric takes the place of the last one of its name @throws when nobody takes it */
  async push(address: string, job: string): Promise<void> {
    const { Gauge, Pushgateway, Registry } = await import('prom-client');
    const registry = new Registry();
    const gauges = new Map<string, InstanceType<typeof Gauge>>();
    for (const { name, help, value, labels } of this.#values) {
      const labelNames = Object.keys(labels);
      const gauge =
        gauges.get(name) ?? new Gauge({ name, help, labelNames, registers: [registry] });
      gauges.set(name, gauge);
      gauge.set(labels, value);
    }
    await new Pushgateway(address, { timeout: pushMs }, registry).pushAdd({ jobName: job });
  }
}
