import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { LocalConfig } from '../config/local.config.ts';

/** Where the observability of this machine takes signals; `./gl observe up` leaves it for whatever is started later. */
export interface AgentNote {
  otlp: string;
  faro: string;
  /** A Pushgateway, where jobs leave what outlives them. */
  jobs: string;
  /** Where jobs send their profile. */
  profiles: string;
}

const note = z.object({ otlp: z.url(), faro: z.url(), jobs: z.url(), profiles: z.url() });

const fileOf = ({ dataDir }: LocalConfig): string => join(dataDir, 'observe.json');

/** @param agent undefined: there is none any more */
export function noteAgent(config: LocalConfig, agent: AgentNote | undefined): void {
  if (agent === undefined) rmSync(fileOf(config), { force: true });
  else writeFileSync(fileOf(config), `${JSON.stringify(agent, null, 2)}\n`);
}

/** What services are told of the agent; nothing without one. The operator's own variables come before it. */
export function agentEnvironment(config: LocalConfig): NodeJS.ProcessEnv {
  const agent = readAgent(config);
  if (agent === undefined) return {};
  const { OTEL_EXPORTER_OTLP_ENDPOINT, FARO_URL, PUSHGATEWAY_URL, PYROSCOPE_SERVER_ADDRESS } =
    config.env;
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: OTEL_EXPORTER_OTLP_ENDPOINT || agent.otlp,
    FARO_URL: FARO_URL || agent.faro,
    PUSHGATEWAY_URL: PUSHGATEWAY_URL || agent.jobs,
    PYROSCOPE_SERVER_ADDRESS: PYROSCOPE_SERVER_ADDRESS || agent.profiles,
  };
}

function readAgent(config: LocalConfig): AgentNote | undefined {
  try {
    return note.parse(JSON.parse(readFileSync(fileOf(config), 'utf8')));
  } catch {
    return undefined;
  }
}
