import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { platform, type Resources, schemaNames, secretVariables } from '@gospelib/platform';
import { scratchFolder } from '@gospelib/testkit';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readLocalConfig } from '../config/local.config.ts';
import { composePlatform } from './compose.platform.ts';

const root = resolve(import.meta.dirname, '../../../..');
const folder = join(root, 'infra/compose');

interface Container {
  image?: string;
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  pids_limit?: number;
  mem_limit?: string;
  ports?: string[];
  volumes?: string[];
  environment?: Record<string, string>;
  healthcheck?: { test: unknown };
  profiles?: string[];
}

const text = readFileSync(join(folder, 'compose.yaml'), 'utf8');
const { services: containers, volumes } = parse(text, { merge: true }) as {
  services: Record<string, Container>;
  volumes: Record<string, null>;
};
const ours = Object.entries(containers).filter(([, { profiles }]) => profiles === undefined);
const listening = { ...platform.stores, ...platform.services };

/** What one machine or an operator alone gives, as the manifests of a cluster leave it out. */
const optional = new Set(['SMTP_URL', 'MAIL_OUTBOX_DAYS', 'OIDC_CLIENT_SECRET', 'OPERATIONS_DIR']);
/** What every service is told. */
const common = ['HOST', 'NODE_OPTIONS', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'PORT', 'SHUTDOWN_GRACE_MS'];

it('has everything in the catalogue, and nothing else but what prepares the stores', () => {
  const known = [...Object.keys(listening), ...Object.keys(platform.jobs)];
  const preparing = ['volumes', 'migrations-accounts', 'migrations-study'];
  expect(ours.map(([name]) => name).sort()).toEqual([...known, ...preparing].sort());
});

it.each(Object.entries(platform.services))('%s is told what the catalogue names', (name, entry) => {
  const { environment = {}, healthcheck } = containers[name] ?? {};
  const wanted = Object.keys(entry.environment).filter((variable) => !optional.has(variable));
  expect(Object.keys(environment).sort()).toEqual([...wanted, ...common].sort());
  expect(environment.PORT).toBe(String(entry.port.usual));
  expect(JSON.stringify(healthcheck?.test)).toContain(`'${platform.probes.ready}'`);
  for (const [variable, setting] of Object.entries(entry.environment)) {
    if (setting.from !== 'service') continue;
    const port = platform.services[setting.service]?.port.usual;
    expect(environment[variable]).toBe(`http://${setting.service}:${port}`);
  }
});

it.each(Object.entries(listening))(
  '%s listens on the loopback of this machine alone',
  (name, { port }) => {
    const inside = { redis: 6379 }[name] ?? port.usual;
    expect(containers[name]?.ports).toEqual([
      `127.0.0.1:\${${port.variable}:-${port.usual}}:${inside}`,
    ]);
  },
);

it.each(Object.entries({ ...listening, ...platform.jobs }) as [string, { resources: Resources }][])(
  '%s has the limit of the catalogue',
  (name, { resources }) => {
    expect(containers[name]?.mem_limit).toBe(`${resources.memoryLimitMi}m`);
  },
);

it.each(ours)('%s is one of our images, and may do nothing', (name, container) => {
  expect(container.image).toMatch(
    /^\$\{GOSPELIB_REGISTRY:-localhost\}\/gospelib-[\w-]+:\$\{GOSPELIB_TAG:-dev\}$/,
  );
  expect(container).toMatchObject({ read_only: true, cap_drop: ['ALL'], pids_limit: 256 });
  if (name !== 'volumes') expect(container.user).not.toContain('root');
  for (const volume of container.volumes ?? []) {
    expect(Object.keys(volumes)).toContain(volume.replace(/^\$\{\w+:-(\w+)\}/, '$1').split(':')[0]);
  }
});

it('holds no secret, and starts without none', () => {
  for (const variable of [...secretVariables(platform), 'INTERNAL_SECRET']) {
    const values = ours.flatMap(([, { environment }]) => environment?.[variable] ?? []);
    for (const value of values) expect(value).toMatch(/\$\{\w+:\?\}/);
  }
  expect(text.match(/\$\{\w+:\?\}/g)?.length).toBeGreaterThan(8);
});

it('is told each of its variables by `./gl up --compose`, secrets among them', () => {
  const config = readLocalConfig(root, { data: scratchFolder(), portBase: '24900' }, {});
  const { env, files } = composePlatform(config, { sources: true, observability: true });
  const asked = [...text.matchAll(/\$\{(\w+):/g)].map(([, name = '']) => name);
  const fromOperator = ['GOSPELIB_REGISTRY', 'GOSPELIB_TAG'];
  const untold = asked.filter((name) => !env[name] && !fromOperator.includes(name));
  expect(untold).toEqual([]);
  expect(asked.length).toBeGreaterThan(20);
  expect(env).toMatchObject({
    GATEWAY_PORT: '24900',
    AUTH_SECRETS: expect.stringMatching(/^1:.{32}/),
  });
  for (const file of files) expect(existsSync(file)).toBe(true);
  expect(env.GOSPELIB_PROJECT).toMatch(/^gospelib-[0-9a-f]{8}$/);
});

it('every part of the observability stack is a profile of it', () => {
  const stack = parse(readFileSync(join(root, 'infra/observability/compose.yaml'), 'utf8'));
  const extended = Object.entries(containers).filter(([, { profiles }]) => profiles?.length === 1);
  expect(extended.map(([name]) => name).sort()).toEqual(Object.keys(stack.services).sort());
});

it('the development stack replaces every service by its sources', () => {
  const development = parse(readFileSync(join(folder, 'development.yaml'), 'utf8'), {
    merge: true,
  });
  for (const [name, { folder: project }] of Object.entries(platform.services)) {
    const { working_dir, command, volumes: mounted } = development.services[name];
    expect(existsSync(join(root, project, command.at(-1)))).toBe(true);
    expect(working_dir).toBe(`/gospelib/${project}`);
    for (const volume of mounted as string[]) {
      const [from = '', , mode] = volume.split(':');
      const isThere = from in development.volumes || existsSync(resolve(folder, from));
      expect([volume, isThere, mode]).toEqual([volume, true, 'ro']);
    }
  }
  for (const name of schemaNames(platform)) {
    const { working_dir, command } = development.services[`migrations-${name}`];
    expect(existsSync(join(root, working_dir.replace('/gospelib/', ''), command[0]))).toBe(true);
  }
});
