/** How an image of `infra/docker/fixtures` is run: TLS only, by the certificate in /tls. */
export interface ManagedStore {
  /** The image's name without its prefix. */
  image: string;
  port: number;
  /** What it writes to. */
  volumes: readonly string[];
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
}

export interface StorePasswords {
  /** Of the role gospelib in PostgreSQL. */
  owner: string;
  redis: string;
  objects: { readonly id: string; readonly secret: string };
}

const [certificate, key] = ['/tls/tls.crt', '/tls/tls.key'];

/** What stands on a cluster of one's own for the stores of a provider: PostgreSQL 16, Redis 7, and an S3 server with a bucket `backups`. */
export function managedStores({
  owner,
  redis,
  objects,
}: StorePasswords): Readonly<Record<'postgresql' | 'redis' | 's3', ManagedStore>> {
  const settings = {
    port: '0',
    'tls-port': '6380',
    'tls-cert-file': certificate,
    'tls-key-file': key,
    'tls-ca-cert-file': '/tls/ca.crt',
    'tls-auth-clients': 'no',
    requirepass: redis,
    save: '',
  };
  return {
    postgresql: {
      image: 'fixture-postgresql',
      port: 5432,
      volumes: ['/data', '/tmp'],
      env: { OWNER_PASSWORD: owner },
    },
    redis: {
      image: 'fixture-redis',
      port: 6380,
      volumes: ['/data'],
      args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    },
    s3: {
      image: 'fixture-s3',
      port: 7070,
      // A bucket is a folder there.
      volumes: ['/data', '/data/backups'],
      args: [
        ...['--port', ':7070', '--cert', certificate, '--key', key],
        ...['--access', objects.id, '--secret', objects.secret, 'posix', '/data'],
      ],
    },
  };
}
