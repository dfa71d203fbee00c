import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { platform } from '@gospelib/platform';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { dashboards } from '../dashboards/dashboard.list.ts';
import { localStack } from './stack.addresses.ts';

const folder = resolve(import.meta.dirname, '../../../../infra/observability');
const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
/** The agent of one machine. */
const agent = read('alloy/signals.alloy') + read('alloy/machine.alloy');

interface Container {
  image: string;
  network_mode?: string;
  ports?: string[];
  volumes: string[];
  mem_limit: string;
  environment?: Record<string, string>;
}

const containers: [string, Container][] = Object.entries(
  parse(read('compose.yaml'), { merge: true }).services,
);

it.each(Object.entries(platform.services))(
  'the agent reads %s where it listens',
  (name, { port }) => {
    const target = `{"__address__" = "127.0.0.1:" + coalesce(sys.env("${port.variable}"), "${port.usual}"), "service" = "${name}"}`;
    expect(agent).toContain(target);
    const alloy = containers.find(([one]) => one === 'alloy')?.[1];
    expect(alloy?.environment?.[port.variable]).toBe(`\${${port.variable}:-${port.usual}}`);
  },
);

describe.each(containers)('%s', (name, { image, network_mode, ports = [], volumes, mem_limit }) => {
  it('is a version, has a limit, and is reached from this machine alone', () => {
    expect(image).toMatch(/^[\w./-]+:v?\d+\.\d+\.\d+(@sha256:[0-9a-f]{64})?$/);
    expect(mem_limit).toMatch(/^\d+m$/);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    expect(ports.length > 0).toBe(network_mode === undefined);
  });

  it('mounts what there is', () => {
    const ours = volumes.filter((volume) => volume.startsWith('./'));
    expect(ours.length > 0).toBe(name !== 'pushgateway'); // which has no configuration
    for (const volume of ours)
      expect(existsSync(join(folder, volume.split(':')[0] ?? ''))).toBe(true);
  });
});

it('every part is published where the commands look for it', () => {
  const published = containers.flatMap(([, { ports = [] }]) =>
    ports.map((one) => one.split(':')[1]),
  );
  const ports = ['12345', '4318', '12347'];
  for (const address of Object.values(localStack)) {
    expect([...published, ...ports]).toContain(new URL(address).port);
  }
  for (const port of ports) expect(`${agent}${read('compose.yaml')}`).toContain(port);
});

it('everything that listens in the agent listens on the loopback', () => {
  const alloy = containers.find(([one]) => one === 'alloy')?.[1];
  expect(alloy?.environment).not.toHaveProperty('LISTEN_ADDRESS');
  const address = /(?:coalesce\(sys\.env\("LISTEN_ADDRESS"\), )?"([^"/]+?)(?::\d+)?"/;
  const listeners = [
    ...agent.matchAll(new RegExp(`(?:endpoint|listen_address)\\s+= ${address.source}`, 'g')),
  ];
  expect(listeners.length).toBe(4); // one of them is where traces are handed on
  for (const [, host] of listeners) expect(host).toBe('127.0.0.1');
});

it('one profile of the processor follows the other, none longer than a service records', () => {
  const own = agent.split('pyroscope.scrape "processor"')[1] ?? '';
  const seconds = (setting: string): number =>
    Number(new RegExp(`^  ${setting}\\s+= "(\\d+)s"$`, 'm').exec(own)?.[1]);
  const [every, long] = [seconds('scrape_interval'), seconds('delta_profiling_duration')];
  expect(every - long).toBe(1); // the least that the agent allows
  expect(long).toBeLessThanOrEqual(60); // profile.routes.ts
  expect(seconds('scrape_timeout')).toBeGreaterThan(every);
});

it('keeps what it collects for seven days', () => {
  const { limits_config, compactor } = parse(read('loki/loki.yaml'));
  expect([limits_config.retention_period, compactor.retention_enabled]).toEqual(['168h', true]);
  expect(parse(read('tempo/tempo.yaml')).compactor.compaction.block_retention).toBe('168h');
  const { limits } = parse(read('pyroscope/pyroscope.yaml'));
  expect(limits.compactor_blocks_retention_period).toBe('168h');
  expect(read('compose.yaml')).toContain('--storage.tsdb.retention.time=7d');
});

it('Grafana finds each source where Compose starts it, and boards ask no other', () => {
  const { datasources } = parse(read('grafana/provisioning/datasources/datasources.yaml')) as {
    datasources: { uid: string; url: string }[];
  };
  const names = containers.map(([name]) => name);
  const { environment = {} } = containers.find(([one]) => one === 'grafana')?.[1] ?? {};
  for (const { url } of datasources)
    expect(names).toContain(new URL(environment[url.slice(1)] ?? '').hostname);
  const known = datasources.map(({ uid }) => uid);
  const boards = readdirSync(join(folder, 'grafana/generated'));
  expect(boards.length).toBe(8);
  for (const board of boards) {
    const asked = [
      ...read(`grafana/generated/${board}`).matchAll(
        /"type": "(?:prometheus|loki)",\s+"uid": "([^"]+)"/g,
      ),
    ];
    expect(asked.length).toBeGreaterThan(1);
    for (const [, uid] of asked) expect(known).toContain(uid);
  }
});

it('boards choose logs by labels that the agent gives them', () => {
  const queries = dashboards.flatMap(({ rows }) =>
    rows.flatMap(({ panels }) =>
      panels.flatMap((panel) =>
        panel.queries.flatMap((one) => ('logql' in one ? [one.logql] : [])),
      ),
    ),
  );
  const labels = queries.flatMap((query) =>
    [...(/\{([^}]*)\}/.exec(query)?.[1] ?? '').matchAll(/(\w+)\s*(?:=~?|!=)/g)].map(
      ([, name]) => name,
    ),
  );
  expect(new Set(labels).size).toBeGreaterThan(2);
  for (const label of new Set(labels)) {
    expect(agent).toMatch(
      new RegExp(`target_label\\s+= "${label}"|"${label}"\\s+= "|\\{.*\\b${label}\\s+= "`),
    );
  }
});
