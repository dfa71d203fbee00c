import { makeTlsSecret, managedStores } from '@gospelib/testkit';
import { type Container, type ImageNamespace, podOf } from './image.namespace.ts';

const password = 'lane-password';
const role = { role: 'store' };

/** What is told where the stores are, as the settings of services and verbs. */
export const addresses = {
  FALKORDB_URL: `redis://:${password}@falkordb:6379`,
  REDIS_URL: `rediss://:${password}@redis:6380`,
  DATABASE_URL: `postgresql://gospelib:${password}@postgresql:5432/gospelib?sslmode=verify-full`,
  NODE_EXTRA_CA_CERTS: '/tls/ca.crt',
} as const;

/** The settings of a service that signs in to PostgreSQL with its own role. */
export function ofService(name: string): string {
  return addresses.DATABASE_URL.replace('gospelib:', `${name}_service:`);
}
export const servicePassword = password;

export const backups = {
  GOSPELIB_BACKUPS: 's3://backups/lane',
  BACKUP_S3_ENDPOINT: 'https://s3:7070',
  BACKUP_S3_REGION: 'us-east-1',
  BACKUP_S3_PATH_STYLE: 'true',
  BACKUP_S3_ENCRYPTION: 'none',
  AWS_ACCESS_KEY_ID: 'lane',
  AWS_SECRET_ACCESS_KEY: password,
  BACKUP_SIGNING_KEYS: 'a-key-of-the-lane-with-32-characters',
} as const;

/** FalkorDB as it runs in production; PostgreSQL, Redis and S3 over TLS only. Waits until they answer. */
export function startStores(namespace: ImageNamespace, image: (name: string) => string): void {
  const secret = (name: string, stringData: Record<string, string>) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name },
    stringData,
  });
  const ofRoles = { 'accounts-database': password, 'study-database': password };
  const managed = managedStores({
    owner: password,
    redis: password,
    objects: { id: backups.AWS_ACCESS_KEY_ID, secret: password },
  });
  const stores: Record<string, Container> = {
    falkordb: {
      image: image('falkordb'),
      port: 6379,
      volumes: ['/data'],
      labels: role,
      args: ['--appendonly', 'yes', '--requirepass', password],
    },
    ...Object.fromEntries(
      Object.entries(managed).map(([name, store]) => [
        name,
        { ...store, image: image(store.image), labels: role },
      ]),
    ),
  };
  namespace.apply(
    secret('tls', makeTlsSecret(Object.keys(managed))),
    secret('roles', ofRoles),
    ...Object.entries(stores).flatMap(([name, one]) => podOf(name, one)),
  );
  namespace.ready(...Object.keys(stores));
}
