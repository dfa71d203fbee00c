/** What answers on a private port as a service of the platform does, and says when it is told to end. */
const server = (port: number) => `
const http = require('node:http');
const answer = (q, s) => {
  if (q.url === '/reset') return void q.socket.resetAndDestroy();
  s.setHeader('content-type', 'application/json');
  s.end(JSON.stringify({ path: q.url, version: 'default-0000' }));
};
http.createServer(answer).listen(${port}, '0.0.0.0', () => console.log('listening on ${port}'));
process.on('SIGTERM', () => { console.log('ending'); process.exit(0); });
`;

export interface StandIn {
  name: string;
  image: string;
  port: number;
  kind?: 'Deployment' | 'StatefulSet';
  replicas?: number;
  /** What its container runs instead of a server. */
  script?: string;
  memory?: string;
  cpu?: string;
  env?: readonly object[];
}

/** A workload as the platform's manifests name it, of a container that only Node is in. */
export function standIn(one: StandIn): object {
  const { name, image, port, kind = 'Deployment', replicas = 1, script, env = [] } = one;
  const labels = { 'app.kubernetes.io/name': name };
  const resources = { memory: one.memory ?? '64Mi', cpu: one.cpu ?? '10m' };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: `gospelib-${name}`, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      ...(kind === 'StatefulSet' && { serviceName: `gospelib-${name}` }),
      ...(kind === 'Deployment' && { progressDeadlineSeconds: 20 }),
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          terminationGracePeriodSeconds: 5,
          containers: [
            {
              name,
              image,
              args: ['-e', script ?? server(port)],
              env,
              ports: [{ containerPort: port }],
              readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
              resources: { requests: resources, limits: { memory: resources.memory } },
              securityContext: { runAsNonRoot: true, runAsUser: 65532 },
            },
          ],
        },
      },
    },
  };
}
