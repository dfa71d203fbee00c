import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { OperatorError } from '@gospelib/cli-kit';
import { z } from 'zod';
import type { Kubectl } from '../kube/kubectl.ts';

/** Runs in the container of a service, by the Node that runs it: its images have neither a shell nor tar. */
const READ = `
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const words = readFileSync('/proc/1/cmdline', 'utf8').split('\\0');
const main = words.find((word) => /\\.m?[jt]s$/.test(word)) ?? '';
const own = dirname(main.startsWith('/') ? main : join(process.cwd(), main));
const folder = [join(own, 'migrations'), join(own, '../migrations')].find(existsSync);
const names = folder === undefined ? [] : readdirSync(folder);
console.log(JSON.stringify(Object.fromEntries(names.map((n) => [n, readFileSync(join(folder, n), 'utf8')]))));
`;

const files = z.record(z.string().regex(/^[\w.-]+$/), z.string());

/** A folder of this machine with the migrations that the running release of a service has; it goes with this process. */
export async function readRunningMigrations(kubectl: Kubectl, service: string): Promise<string> {
  const deployment = `deployment/gospelib-${service}`;
  const text = await kubectl.run(['exec', deployment, '--', '/proc/1/exe', '-e', READ]);
  const found = Object.entries(files.parse(JSON.parse(text)));
  if (found.length === 0) {
    throw new OperatorError(
      `The release of ${service} that runs in ${kubectl.target.namespace} has no migrations in its image.`,
      `Use the release of this code instead: \`./gl --env ${kubectl.target.name} db status\`.`,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-migrations-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const own = join(folder, 'migrations');
  mkdirSync(own);
  for (const [name, content] of found) writeFileSync(join(own, basename(name)), content);
  return own;
}
