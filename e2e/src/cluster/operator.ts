import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runGl } from '@gospelib/processes';
import { type Place, repository } from '../platform.ts';
import { kubectl } from './kubectl.ts';
import { nodePort } from './node.port.ts';
import { relayPort } from './port.relay.ts';
import { storePasswords, storesNamespace } from './stores.fixture.ts';

/** Who looks after the cluster from this machine, by `./gl --env`. */
export interface Operator {
  /** What a verb prints, and what it says meanwhile. @throws Error with its words unless it ends with 0 */
  gl(...args: string[]): Promise<{ readonly stdout: string; readonly stderr: string }>;
  end(): void;
}

/** Ports of a platform on this machine that it does not take on a cluster. */
const OBJECTS_PORT = 90;

/**
 * @param place its data folder gets what the operator keeps; the object storage is reached by a port of it
 * @param authority of the stores, as PEM
 */
export async function openOperator(
  { data, portBase }: Place,
  namespace: string,
  authority: string,
): Promise<Operator> {
  const objects = portBase + OBJECTS_PORT;
  const end = await relayPort(objects, await nodePort(storesNamespace, 's3'));
  const [file, trusted] = [join(data, 'environments.json'), join(data, 'stores.crt')];
  const own = {
    context: (await kubectl(['config', 'current-context'])).trim(),
    namespace,
    origin: `http://localhost:${portBase}`,
    asks: false,
    backups: 's3://backups',
  };
  writeFileSync(file, JSON.stringify({ environments: { own } }));
  writeFileSync(trusted, authority);
  const env = {
    ...process.env,
    GOSPELIB_ENVIRONMENTS: file,
    NODE_EXTRA_CA_CERTS: trusted,
    BACKUP_S3_ENDPOINT: `https://localhost:${objects}`,
    BACKUP_S3_PATH_STYLE: 'true',
    BACKUP_S3_REGION: 'us-east-1',
    BACKUP_S3_ENCRYPTION: 'none',
    AWS_ACCESS_KEY_ID: storePasswords.objects.id,
    AWS_SECRET_ACCESS_KEY: storePasswords.objects.secret,
  };
  return {
    end,
    async gl(...args) {
      const { code, stdout, stderr } = await runGl(
        repository,
        ['--env', 'own', '--data', data, ...args],
        { env },
      );
      if (code === 0) return { stdout, stderr };
      throw new Error(`gl ${args.join(' ')} ended with ${code}:\n${stderr}${stdout}`);
    },
  };
}
