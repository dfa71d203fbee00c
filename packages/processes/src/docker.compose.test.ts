import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compose, missingImages } from './docker.compose.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gospelib-compose-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A `docker` that fails for some of its words, and writes down the others. */
function docker(fails: string): NodeJS.ProcessEnv {
  const program = join(folder, 'docker');
  const log = join(folder, 'log');
  writeFileSync(log, '');
  writeFileSync(
    program,
    `#!/bin/sh\ncase "$*" in ${fails}) exit 1 ;; esac\necho "$* $GATEWAY_PORT" >> ${log}\n`,
  );
  chmodSync(program, 0o755);
  return { PATH: `${folder}:/bin:/usr/bin`, GATEWAY_PORT: '23000' };
}

const project = (env: NodeJS.ProcessEnv) => ({ what: 'This', files: ['/a.yaml', '/b.yaml'], env });

it.each([
  ['*', 'Docker is not installed'],
  ['"compose version"', 'Docker Compose is not installed'],
  ['info*', 'daemon does not answer'],
  ['*up*', 'docker compose up ended with 1'],
])('where docker fails for %s it says so', async (fails, says) => {
  await expect(compose(project(docker(fails)), 'up')).rejects.toThrow(says);
});

it('is told of each file and profile, and where the platform is', async () => {
  const env = docker('nothing');
  await compose({ ...project(env), profiles: ['observability'] }, 'up', '--detach');
  expect(readFileSync(join(folder, 'log'), 'utf8')).toContain(
    'compose --file /a.yaml --file /b.yaml --profile observability up --detach 23000\n',
  );
});

it('names the images that are not there', async () => {
  const env = docker('"image inspect x"');
  const program = join(folder, 'docker');
  const text = readFileSync(program, 'utf8');
  writeFileSync(program, `${text}case "$*" in *--images) echo y; echo x; echo x ;; esac\n`);
  expect(await missingImages(project(env))).toEqual(['x']);
});
