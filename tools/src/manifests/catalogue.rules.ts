import { type Catalogue, portOf, type Resources, type ServiceEntry } from '@gospelib/platform';
import { type Container, type Manifest, podsOf } from './manifest.types.ts';
import { secretKeys } from './secret.rules.ts';

/** What the manifests say otherwise than the catalogue; each fault is a sentence. */
export function findCatalogueFaults(
  manifests: readonly Manifest[],
  catalogue: Catalogue,
): string[] {
  const secrets = secretKeys(manifests);
  const strangers = manifests
    .filter(({ metadata }) => metadata.labels?.['gospelib.com/kind'] === 'service')
    .map(({ metadata }) => metadata.name.replace('gospelib-', ''))
    .filter((name) => catalogue.services[name] === undefined);
  return [
    ...strangers.map((name) => `The catalogue has no service ${name}.`),
    ...Object.entries(catalogue.services).flatMap(([name, entry]) =>
      serviceFaults(manifests, catalogue, secrets, name, entry).map((fault) => `${name} ${fault}.`),
    ),
    ...Object.entries(catalogue.jobs).flatMap(([name, { resources }]) => {
      const job = manifests.find(
        ({ kind, metadata }) => kind === 'Job' && metadata.name.startsWith(`gospelib-${name}-`),
      );
      const container = job && podsOf(job)?.spec.containers[0];
      if (!container) return [`${name} has no Job.`];
      return resourceFaults(container, resources).map((fault) => `${name} ${fault}.`);
    }),
  ];
}

function serviceFaults(
  manifests: readonly Manifest[],
  catalogue: Catalogue,
  secrets: ReadonlyMap<string, ReadonlySet<string>>,
  name: string,
  entry: ServiceEntry,
): string[] {
  const full = `gospelib-${name}`;
  const find = (kind: string) =>
    manifests.find((one) => one.kind === kind && one.metadata.name === full);
  const deployment = find('Deployment');
  const container = deployment && podsOf(deployment)?.spec.containers[0];
  if (!container) return ['has no Deployment'];
  const { usual } = portOf(catalogue, name);
  const told = settingsOf(manifests, container);
  const given = secrets.get(full) ?? new Set();
  const expected = expectedSettings(catalogue, entry);
  return [
    ...(container.image.split('@')[0]?.endsWith(`/${full}`) ? [] : ['runs another image']),
    ...(container.ports?.[0]?.containerPort === usual && told.get('PORT') === String(usual)
      ? []
      : [`does not listen on ${usual}`]),
    ...(find('Service')?.spec?.ports?.[0]?.port === usual ? [] : ['has no Service at its port']),
    ...(find('PodDisruptionBudget') ? [] : ['has no disruption budget']),
    ...resourceFaults(container, entry.resources),
    ...probeFaults(name, container, catalogue),
    ...graceFaults(deployment, container, told),
    ...[...expected.secret].filter((key) => !given.has(key)).map((key) => `is not given ${key}`),
    ...[...expected.plain]
      .filter(([key, value]) => (value === undefined ? !told.get(key) : told.get(key) !== value))
      .map(([key, value]) => `is not told ${key}${value === undefined ? '' : ` as ${value}`}`),
    ...[...given]
      .filter((key) => key !== 'ca.crt' && entry.environment[key] === undefined)
      .map((key) => `is given ${key}, which the catalogue does not name`),
    ...[...told.keys()]
      .filter((key) => secretOf(entry, key))
      .map((key) => `is told ${key} in the open`),
  ];
}

/** Settings that a service needs in a cluster, with their values where the catalogue knows them. */
function expectedSettings(
  catalogue: Catalogue,
  { environment }: ServiceEntry,
): { secret: Set<string>; plain: Map<string, string | undefined> } {
  const secret = new Set<string>();
  const plain = new Map<string, string | undefined>();
  for (const [key, setting] of Object.entries(environment)) {
    if (setting.from === 'store' || setting.from === 'secret') secret.add(key);
    else if (setting.from === 'origin') plain.set(key, undefined);
    else if (setting.from === 'service') {
      plain.set(
        key,
        `http://gospelib-${setting.service}:${portOf(catalogue, setting.service).usual}`,
      );
    }
  }
  return { secret, plain };
}

function secretOf({ environment }: ServiceEntry, key: string): boolean {
  const setting = environment[key];
  return (
    setting?.from === 'store' ||
    setting?.from === 'secret' ||
    (setting?.from === 'operator' && setting.secret)
  );
}

/** What stands in the environment, from ConfigMaps and beside them. */
function settingsOf(manifests: readonly Manifest[], container: Container): Map<string, string> {
  const maps = (container.envFrom ?? []).flatMap(({ configMapRef }) =>
    manifests.filter(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMapRef?.name,
    ),
  );
  return new Map([
    ...maps.flatMap(({ data }) => Object.entries(data ?? {})),
    ...(container.env ?? []).map(({ name, value = '' }): [string, string] => [name, value]),
  ]);
}

function resourceFaults({ resources }: Container, wanted: Resources): string[] {
  const { requests, limits } = resources ?? {};
  const same =
    requests?.cpu === `${wanted.cpuMilli}m` &&
    requests.memory === `${wanted.memoryMi}Mi` &&
    limits?.memory === `${wanted.memoryLimitMi}Mi`;
  return same ? [] : ['asks for other resources than the catalogue says'];
}

/** The edge answers for what is behind it: ready once, it stays. */
function probeFaults(name: string, container: Container, { probes }: Catalogue): string[] {
  const { startupProbe, readinessProbe, livenessProbe } = container;
  const [started, ready] =
    name === 'gateway' ? [probes.ready, probes.live] : [probes.live, probes.ready];
  return [
    ...(startupProbe?.httpGet?.path === started ? [] : ['is not probed while it starts']),
    ...(readinessProbe?.httpGet?.path === ready ? [] : ['is not probed for readiness']),
    ...(livenessProbe?.httpGet?.path === probes.live ? [] : ['is not probed for life']),
  ];
}

/** A pod is ended only when the longest request had its time. */
function graceFaults(
  deployment: Manifest | undefined,
  { lifecycle }: Container,
  told: ReadonlyMap<string, string>,
): string[] {
  const grace = (deployment && podsOf(deployment)?.spec.terminationGracePeriodSeconds) ?? 30;
  const pause = lifecycle?.preStop?.sleep?.seconds ?? 0;
  const seconds = (name: string): number => Number(told.get(name) ?? Number.NaN) / 1000;
  const drain = seconds('SHUTDOWN_DELAY_MS') + seconds('SHUTDOWN_GRACE_MS');
  return [
    ...(pause > 0 ? [] : ['gets requests while it stops']),
    ...(grace > pause + drain ? [] : ['is killed while it drains']),
  ];
}
