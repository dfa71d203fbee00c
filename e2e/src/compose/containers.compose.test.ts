import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { platform } from '@gospelib/platform';
import { describe, expect, inject, it } from 'vitest';
import { openAccount, openSession } from '../account.ts';
import { ask } from '../http.client.ts';
import { platformAt } from '../platform.ts';
import { docker, noCompose } from './compose.docker.ts';

const place = inject('place');
const { gl, origin } = platformAt(place);
const chapter = `${origin}/api/v1/chapters/alma.32`;
const content = `http://127.0.0.1:${place.portBase + (platform.services.content?.port.offset ?? 0)}`;

/** The containers of this run. */
function containers(): string[] {
  const project = '{{index .Config.Labels "com.docker.compose.project"}}';
  const gateway = docker('ps', '--quiet', '--filter', `publish=${place.portBase}`).trim();
  const name = docker('inspect', '--format', project, gateway).trim();
  const words = ['ps', '--all', '--quiet', '--filter', `label=com.docker.compose.project=${name}`];
  return docker(...words)
    .trim()
    .split('\n');
}

/** What answers with 200 there; an empty text where nothing does. */
async function read(url: string): Promise<string> {
  const answer = await ask(url, { once: true, timeout: 2_000 }).catch(() => undefined);
  return answer?.status === 200 ? answer.text : '';
}

describe.skipIf(noCompose)('the platform in containers', () => {
  it('is healthy part by part, within its limits, and writes nothing but its data', () => {
    console.log(`all healthy after ${inject('composeSeconds').toFixed(1)} s, corpus ingested`);
    const format = [
      '{{index .Config.Labels "com.docker.compose.service"}}',
      '{{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}',
      '{{.State.ExitCode}} {{.HostConfig.Memory}} {{.HostConfig.ReadonlyRootfs}}',
    ].join(' ');
    const seen = docker('inspect', '--format', format, ...containers())
      .trim()
      .split('\n');
    const mebibytes = 1024 * 1024;
    for (const [name, { resources }] of Object.entries(platform.services)) {
      expect(seen).toContain(`${name} healthy 0 ${resources.memoryLimitMi * mebibytes} true`);
    }
    const { memoryLimitMi } = platform.jobs.ingest?.resources ?? { memoryLimitMi: 0 };
    expect(seen).toContain(`ingest exited 0 ${memoryLimitMi * mebibytes} true`);
  });

  it('is what Compose takes, also with Grafana beside it', async () => {
    const told = await gl('up', '--compose', '--observability', '--dry-run');
    const services = [...Object.keys(platform.services), 'pages', 'grafana', 'alloy'];
    expect(told.split('\n')).toEqual(expect.arrayContaining(services));
  });

  it('keeps what people made, and the graph, when it is ended and started again', async () => {
    const { email, password, from, id } = await openAccount(place);
    await gl('down', '--compose');
    expect(await read(chapter)).toBe('');
    await gl('up', '--compose', '--no-sources');
    expect((await openSession(place, { email, password, from })).id).toBe(id);
    expect(await read(chapter)).toContain('faith');
  });
});

/** A change of a source file, where it is seen, and by what. */
const changes = [
  {
    file: 'services/content/src/app.ts',
    before: "name: 'content', version: manifest.version",
    after: "name: 'content', version: manifest.version + '-changed-service'",
    url: `${content}/health`,
    seen: '-changed-service',
  },
  {
    file: 'packages/service-kit/src/health/health.routes.ts',
    before: "status: 'ok'",
    after: "status: 'changed-package'",
    url: `${content}/health`,
    seen: 'changed-package',
  },
  {
    file: 'apps/reader/index.html',
    before: '<html lang',
    after: '<html data-changed-page lang',
    url: `${origin}/`,
    seen: 'data-changed-page',
  },
];

describe.skipIf(noCompose)('the sources of the clone', () => {
  it('are what runs: a change of a service, of a package and of the page is live by itself', async () => {
    await gl('up', '--compose');
    for (const { file, before, after, url, seen } of changes) {
      const source = join(place.root ?? '', file);
      const text = readFileSync(source, 'utf8');
      expect([file, text.split(before).length]).toEqual([file, 2]);
      expect(await read(url)).not.toContain(seen);
      writeFileSync(source, text.replace(before, after));
      const start = performance.now();
      await expect.poll(() => read(url), { interval: 50 }).toContain(seen);
      console.log(`${file}: live after ${((performance.now() - start) / 1000).toFixed(1)} s`);
    }
  });
});
