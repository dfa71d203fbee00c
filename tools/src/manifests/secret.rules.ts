import { type Manifest, podsOf, titleOf } from './manifest.types.ts';

/** The keys of each Secret that is there, whoever writes it. */
export function secretKeys(manifests: readonly Manifest[]): Map<string, ReadonlySet<string>> {
  return new Map(
    manifests.flatMap(({ kind, metadata, data, spec }): [string, ReadonlySet<string>][] => {
      if (kind === 'Secret') return [[metadata.name, new Set(Object.keys(data ?? {}))]];
      if (kind !== 'ExternalSecret') return [];
      const written = spec?.target?.template?.data ?? {};
      return [[spec?.target?.name ?? metadata.name, new Set(Object.keys(written))]];
    }),
  );
}

/** Secrets, and keys of them, that pods use and nobody writes. */
export function findSecretFaults(manifests: readonly Manifest[]): string[] {
  const secrets = secretKeys(manifests);
  const faults = manifests.flatMap((manifest) => {
    const pods = manifest.kind === 'ExternalSecret' ? undefined : podsOf(manifest);
    const volumes = (pods?.spec.volumes ?? []).flatMap(({ secret }) => secret?.secretName ?? []);
    const containers = pods?.spec.containers ?? [];
    const whole = containers.flatMap(({ envFrom = [] }) =>
      envFrom.flatMap(({ secretRef }) => secretRef?.name ?? []),
    );
    const keys = containers.flatMap(({ env = [] }) =>
      env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? []),
    );
    return [
      ...[...volumes, ...whole]
        .filter((name) => !secrets.has(name))
        .map((name) => `${titleOf(manifest)} uses the Secret ${name}, which nobody writes.`),
      ...keys
        .filter(({ name, key }) => !secrets.get(name)?.has(key))
        .map(
          ({ name, key }) => `${titleOf(manifest)} uses ${key} of ${name}, which nobody writes.`,
        ),
    ];
  });
  return [...faults, ...findRawPasswords(manifests)];
}

/** A password with a character that means something in an address makes another address. */
function findRawPasswords(manifests: readonly Manifest[]): string[] {
  return manifests.flatMap((manifest) =>
    Object.entries(manifest.spec?.target?.template?.data ?? {})
      .filter(([, text]) => /\{\{ \.\w+ \}\}@/.test(text))
      .map(([key]) => `${titleOf(manifest)} puts a password into ${key} that is not escaped.`),
  );
}
