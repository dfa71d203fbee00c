import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { Profile } from 'pprof-format';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { baseConfig } from '../config/base.config.ts';
import { defineConfig } from '../config/define.config.ts';
import { createService } from '../service/create.service.ts';
import type { Service } from '../service/service.types.ts';

let app: Service;
const held: unknown[] = [];

async function build(env: Record<string, string> = {}): Promise<Service> {
  app = await createService({
    name: 'trial',
    version: '1',
    config: defineConfig(baseConfig, { PORT: '23000', LOG_LEVEL: 'silent', ...env }),
  });
  return app;
}

beforeEach(() => {
  held.length = 0;
});
afterEach(() => app.close());

/** Hot on purpose: a profile has to name it. */
function plantedHotFunction(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) createHash('sha1').update('hot').digest();
}

interface Stack {
  /** `name file:line`, the innermost first. */
  frames: string[];
  values: number[];
}

function decode(body: Buffer): { kinds: string[]; stacks: Stack[] } {
  const profile = Profile.decode(gunzipSync(body));
  const text = (index: number | bigint) => profile.stringTable.strings[Number(index)] ?? '';
  const byId = <T extends { id: number | bigint }>(of: readonly T[]) =>
    new Map(of.map((one) => [Number(one.id), one]));
  const functions = byId(profile.function);
  const locations = byId(profile.location);
  const frame = (id: number | bigint): string => {
    const line = locations.get(Number(id))?.line[0];
    const found = functions.get(Number(line?.functionId));
    return `${text(found?.name ?? 0)} ${text(found?.filename ?? 0)}:${line?.line}`;
  };
  return {
    kinds: profile.sampleType.map(({ type, unit }) => `${text(type)} ${text(unit)}`),
    stacks: profile.sample.map(({ locationId, value }) => ({
      frames: locationId.map(frame),
      values: value.map(Number),
    })),
  };
}

describe('profiles', () => {
  it('name a hot function with its file and line, and how long it ran', async () => {
    await build();
    const url = '/debug/pprof/profile?seconds=1';
    const heat = setInterval(() => plantedHotFunction(20), 25);
    const answers = await Promise.all([app.inject(url), app.inject(url)]);
    clearInterval(heat);
    // V8 records one at a time.
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 503]);
    const { rawPayload = Buffer.of(), headers = {} } =
      answers.find(({ statusCode }) => statusCode === 200) ?? {};
    expect(headers['content-type']).toBe('application/octet-stream');
    const { kinds, stacks } = decode(rawPayload);
    expect(kinds).toEqual(['samples count', 'cpu nanoseconds']);
    const total = stacks.reduce((sum, { values }) => sum + (values[1] ?? 0), 0);
    const hot = stacks.filter(({ frames }) =>
      frames.some((frame) => /plantedHotFunction .*profile\.test\.ts:\d+$/.test(frame)),
    );
    const burnt = hot.reduce((sum, { values }) => sum + (values[1] ?? 0), 0);
    expect(burnt / total).toBeGreaterThan(0.5);
    expect(JSON.stringify(stacks)).not.toContain('(idle)');
  });

  it('tell who holds memory', async () => {
    await build();
    await app.inject('/debug/pprof/heap');
    (function plantedHoarder() {
      for (let i = 0; i < 200; i += 1) held.push(new Array(20_000).fill(i));
    })();
    const { kinds, stacks } = decode((await app.inject('/debug/pprof/heap')).rawPayload);
    expect(kinds).toEqual(['inuse_objects count', 'inuse_space bytes']);
    const hoarded = stacks.filter(({ frames }) => frames[0]?.startsWith('plantedHoarder '));
    expect(hoarded[0]?.values[1]).toBeGreaterThan(1e6);
  });

  it.each([
    ['to somebody whom a proxy speaks for', {}, { 'x-forwarded-for': '198.51.100.7' }],
    ['where they are switched off', { PROFILES: 'false' }, {}],
  ])('are not given %s', async (_, env, headers) => {
    await build(env);
    for (const url of ['/debug/pprof/profile?seconds=1', '/debug/pprof/heap']) {
      expect((await app.inject({ url, headers })).statusCode).toBe(404);
    }
  });

  it('do not hold a service that is to end', async () => {
    await build();
    const asked = app.inject('/debug/pprof/profile?seconds=60').catch(() => undefined);
    setTimeout(() => void app.close(), 100);
    await asked;
  });
});
