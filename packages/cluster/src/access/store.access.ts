import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodes, OperatorError } from '@gospelib/cli-kit';
import { platform, type StoreName } from '@gospelib/platform';
import { z } from 'zod';
import type { Kubectl } from '../kube/kubectl.ts';
import { readSecret, secretValue } from './cluster.secret.ts';
import type { PortForwards } from './port.forward.ts';
import { forwardedAddress, serviceOfHost } from './store.host.ts';

/** The key of the environment's secret with the authority of the stores' certificates. */
const AUTHORITY = 'ca.crt';

/** The address of a store for its owner, by a port of this machine that leads to it. @throws OperatorError */
export async function reachStore(
  kubectl: Kubectl,
  forwards: PortForwards,
  store: StoreName,
): Promise<string> {
  const variable = platform.stores[store].addressVariable;
  return reachAddress(
    kubectl,
    forwards,
    store,
    await secretValue(kubectl, kubectl.target.secret, variable),
  );
}

/** The same for an address as pods know it. @throws OperatorError for a store that this way does not lead to */
export async function reachAddress(
  kubectl: Kubectl,
  forwards: PortForwards,
  store: StoreName,
  address: string,
): Promise<string> {
  const { hostname, port, protocol, searchParams } = parse(store, address);
  const service = serviceOfHost(hostname, kubectl.target.namespace);
  const isThere =
    service !== undefined &&
    (await kubectl.findOne(
      [`service/${service.name}`, `--namespace=${service.namespace}`],
      z.object({}),
    )) !== undefined;
  if (!isThere) {
    throw new OperatorError(
      `${store} of ${kubectl.target.name} is at ${hostname}, which is no Service of the cluster.`,
      'Run this where the store answers: as a job in the cluster, or from its network.',
      { meaning: 'kubectl forwards ports to pods only.', exitCode: exitCodes.refused },
    );
  }
  if (protocol === 'rediss:') {
    throw new OperatorError(
      `${store} of ${kubectl.target.name} answers by TLS only, under the name ${hostname}.`,
      'Run this as a job in the cluster.',
      {
        meaning:
          'A forwarded port bears this machine’s name: its certificate would not be accepted.',
        exitCode: exitCodes.refused,
      },
    );
  }
  const local = await forwards.to({
    resource: `service/${service.name}`,
    port: Number(port || platform.stores[store].port.usual),
    namespace: service.namespace,
  });
  const isVerified = searchParams.get('sslmode')?.startsWith('verify-') === true;
  return forwardedAddress(address, local, isVerified ? await authorityFile(kubectl) : undefined);
}

function parse(store: StoreName, address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && platform.stores[store].schemes.includes(url.protocol)) return url;
  // Its value is a secret.
  throw new OperatorError(
    `The address of ${store} that the cluster holds is none.`,
    `It begins with ${platform.stores[store].schemes.join(' or ')}.`,
  );
}

/** Written for as long as this process lives: drivers take a file. */
async function authorityFile(kubectl: Kubectl): Promise<string> {
  const { [AUTHORITY]: certificate } = await readSecret(kubectl, kubectl.target.secret);
  if (certificate === undefined) {
    throw new OperatorError(
      `The secret ${kubectl.target.secret} has no ${AUTHORITY}: the store’s certificate cannot be verified.`,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-authority-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, AUTHORITY);
  writeFileSync(file, certificate, { mode: 0o600 });
  return file;
}
