/** Where the stack of one machine answers; the ports of infra/observability/compose.yaml. */
export interface StackAddresses {
  alloy: string;
  /** Of the agent: where services send traces. */
  otlp: string;
  /** Of the agent: where the reader's page sends its signals. */
  faro: string;
  prometheus: string;
  /** Where jobs leave their metrics. */
  pushgateway: string;
  alertmanager: string;
  loki: string;
  tempo: string;
  pyroscope: string;
  grafana: string;
}

export const localStack: StackAddresses = {
  alloy: 'http://localhost:12345',
  otlp: 'http://localhost:4318',
  faro: 'http://localhost:12347/collect',
  prometheus: 'http://localhost:9090',
  pushgateway: 'http://localhost:9091',
  alertmanager: 'http://localhost:9093',
  loki: 'http://localhost:3100',
  tempo: 'http://localhost:3200',
  pyroscope: 'http://localhost:4040',
  grafana: 'http://localhost:3001',
};
