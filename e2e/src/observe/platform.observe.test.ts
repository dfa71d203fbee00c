import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { allRules, dashboards } from '@gospelib/observability';
import { platform as catalogue, serviceNames } from '@gospelib/platform';
import type { Browser } from 'playwright-core';
import { Profile } from 'pprof-format';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Account, openAccount, openSession } from '../account.ts';
import { startBrowser } from '../browser.ts';
import { generousEnvironment } from '../generous.environment.ts';
import { type StartedPlatform, startPlatform } from '../platform.ts';
import { openReader } from '../reader.ts';
import { makeOne } from '../study.maker.ts';
import { Collector } from './collector.ts';
import { FaroReceiver } from './faro.receiver.ts';
import { takePicture, withPprof } from './page.pictures.ts';
import { Prometheus } from './prometheus.ts';

const find = (name: string): string | undefined => {
  try {
    return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
};
const commands = { prometheus: find('prometheus'), otelcol: find('otelcol'), go: find('go') };
const { prometheus: prometheusCommand = '', otelcol = '' } = commands;

/** Queries of what only others can tell, and why the script does not. */
const untold: Readonly<Record<string, string>> = {
  gospelib_drill_passed_seconds: 'drills are run by ./gl drill, and take minutes',
  gospelib_backup_newest_seconds: 'the schedule of backups looks at them every few minutes',
  gospelib_backup_verified_seconds: 'a verified restore is the work of a night',
};

const chapters = ['alma.32', 'alma.33', '1-ne.1', 'gen.1', 'john.3'];
const chapterRequests = 4 * chapters.length;

describe.skipIf(prometheusCommand === '' || otelcol === '')(
  'the signals of a running platform (needs prometheus and otelcol on the PATH)',
  () => {
    const faro = new FaroReceiver();
    let collector: Collector;
    let platform: StartedPlatform;
    let prometheus: Prometheus;
    let browser: Browser | undefined;
    let account: Account;
    /** A profile of content while it searched, and the functions of its search in it. */
    let profiled: { body: Buffer; searching: string[] };

    const ask = (path: string, init?: RequestInit) => fetch(`${platform.origin}${path}`, init);
    const portOf = async (name: string) => (await platform.process(name)).port;

    beforeAll(async () => {
      collector = await Collector.start(otelcol);
      platform = await startPlatform({
        env: {
          ...generousEnvironment,
          OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
          OTEL_TRACES_SAMPLER_ARG: '1',
          FARO_URL: await faro.start(),
        },
      });
      const targets = await Promise.all(
        serviceNames(catalogue).map(async (service) => ({
          service,
          address: `127.0.0.1:${await portOf(service)}`,
        })),
      );
      prometheus = await Prometheus.start(prometheusCommand, targets);
      browser = await startBrowser();
    }, 300_000);
    afterAll(async () => {
      await browser?.close();
      await prometheus?.stop();
      await platform?.stop();
      await collector?.stop();
      faro.stop();
    }, 60_000);

    /** What readers do; twice, since a rate needs a before and an after. */
    async function read(): Promise<void> {
      for (const chapter of chapters) {
        await ask(`/api/v1/chapters/${chapter}`);
        await ask(`/api/v1/chapters/${chapter}`);
      }
      for (const q of ['faith', 'zzzzqqqq', 'charity']) await ask(`/api/v1/search?q=${q}`);
      await ask('/');
      await openSession(platform.place, account);
      const note = await makeOne<{ id: string; version: number }>(account, 'notes', {
        body: 'A seed',
        tags: [],
      });
      await account.ask(`/api/v1/study/notes/${note.id}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', 'if-match': `"${note.version}"` },
        body: JSON.stringify({ body: 'A tree', tags: [] }),
      });
    }

    it('answer every query of every dashboard and rule', async () => {
      account = await openAccount(platform.place);
      await read();
      // A rate has to see both: what was counted before, and that it is more afterwards.
      const seen =
        'http_server_request_duration_seconds_count{http_route="/api/v1/study/notes/:id"}';
      const services = async () => (await prometheus.ask(seen)).map(({ metric }) => metric.service);
      await expect
        .poll(services, { timeout: 30_000 })
        .toEqual(expect.arrayContaining(['gateway', 'study']));
      await new Promise((resolve) => setTimeout(resolve, 5000));
      await read();
      const recorded = allRules()
        .flatMap(({ groups }) => groups.flatMap(({ rules }) => rules))
        .flatMap((rule) => ('record' in rule ? [rule.expr] : []));
      const drawn = dashboards.flatMap(({ rows }) =>
        rows.flatMap(({ panels }) =>
          panels.flatMap(({ queries }) =>
            queries.flatMap((query) => ('promql' in query ? [query.promql] : [])),
          ),
        ),
      );
      const queries = [...new Set([...recorded, ...drawn])]
        .map((query) => query.replaceAll('$service', 'content'))
        .filter((query) => !Object.keys(untold).some((metric) => query.includes(metric)));
      expect(queries.length).toBeGreaterThan(80);
      const silent = async (): Promise<string[]> => {
        const answers = await Promise.all(
          queries.map(async (query) => ({ query, series: await prometheus.ask(query) })),
        );
        return answers
          .filter(({ series }) => !series.some(({ value }) => Number.isFinite(Number(value[1]))))
          .map(({ query }) => query);
      };
      await expect.poll(silent, { timeout: 40_000, interval: 2000 }).toEqual([]);
    }, 180_000);

    it('count what was sent', async () => {
      const count = 'http_server_request_duration_seconds_count';
      const route = '/api/v1/chapters/:chapter';
      const query = `sum(${count}{service="gateway", http_route="${route}"})`;
      const asked = async () => Number((await prometheus.ask(query))[0]?.value[1]);
      await expect.poll(asked, { timeout: 15_000 }).toBe(chapterRequests);
      const [verses] = await prometheus.ask('gospelib_verses_read_total');
      expect(Number(verses?.value[1])).toBeGreaterThan(chapterRequests);
      const [searches] = await prometheus.ask('gospelib_search_outcomes_total{outcome="nothing"}');
      expect(Number(searches?.value[1])).toBe(1);
    });

    it('lead from a bucket to a trace that arrived', async () => {
      const buckets = 'http_server_request_duration_seconds_bucket{service="gateway"}';
      const named = async () => {
        const traces = new Set(collector.spans.map(({ traceId }) => traceId));
        const exemplars = await prometheus.exemplars(buckets);
        return exemplars.length > 0 && exemplars.every((id) => traces.has(id));
      };
      await expect.poll(named, { timeout: 15_000 }).toBe(true);
    });

    it('of the ingest arrived before it ended, with its queries', () => {
      const spans = collector.spans.filter(({ service }) => service === 'ingest');
      const root = spans.find(({ name }) => name === 'ingest');
      expect(root).toBeDefined();
      const below = spans.filter(({ parentId, name }) => parentId === root?.id && name !== '');
      expect(below.map(({ name }) => name).some((name) => name.startsWith('graph '))).toBe(true);
    });

    it('follow one id from a click in the browser to the query in the graph', async () => {
      if (browser === undefined) throw new Error('There is no Chromium.');
      const { page, faults, close } = await openReader(browser, platform.origin, '/ruth/1');
      const begun = () => faro.received.some(({ meta }) => meta.view?.name === '/:book/:chapter');
      await expect.poll(begun, { timeout: 20_000 }).toBe(true);
      await page.keyboard.press('ArrowRight');
      await page.getByRole('heading', { level: 1, name: 'Ruth 2' }).waitFor();
      const clicked = () =>
        faro.received
          .flatMap(({ traces }) => traces?.resourceSpans ?? [])
          .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
          .find(({ name }) => name === 'GET /api/v1/chapters/ruth.3');
      // The page after next is fetched ahead: a chapter that nobody asked for before.
      await page.keyboard.press('ArrowRight');
      await page.getByRole('heading', { level: 1, name: 'Ruth 3' }).waitFor();
      await expect.poll(clicked, { timeout: 15_000 }).toBeDefined();
      const { traceId, spanId } = clicked() ?? { traceId: '', spanId: '' };
      const parts = () => collector.spans.filter((span) => span.traceId === traceId);
      const names = () => parts().map(({ service, name }) => `${service}: ${name}`);
      await expect
        .poll(names, { timeout: 15_000 })
        .toEqual(
          expect.arrayContaining([
            'gateway: GET /api/v1/chapters/:chapter',
            'content: GET /api/v1/chapters/:chapter',
            expect.stringMatching(/^content: graph /),
          ]),
        );
      const gateway = parts().find(({ service }) => service === 'gateway');
      const content = parts().find(({ name }) => name === 'GET /api/v1/chapters/:chapter' && name);
      expect(gateway?.parentId).toBe(spanId);
      expect(content?.traceId).toBe(traceId);
      expect(parts().filter(({ name }) => name.startsWith('graph '))[0]?.parentId).toBe(
        parts().find(({ service, name }) => service === 'content' && name.startsWith('GET '))?.id,
      );
      expect(faults).toEqual([]);
      await close();
    });

    it('of the page are what the agent takes, and say nothing of who reads what', async () => {
      if (browser === undefined) throw new Error('There is no Chromium.');
      const { page, close } = await openReader(browser, platform.origin, '/search?q=grief');
      const seen = () => faro.received.some(({ meta }) => meta.view?.name === '/search');
      await expect.poll(seen, { timeout: 20_000 }).toBe(true);
      const { painted, begun, size } = await page.evaluate(() => {
        const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
        const piece = resources.find(({ name }) => name.includes('page.signals'));
        return {
          painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
          begun: piece?.startTime,
          size: piece?.encodedBodySize,
        };
      });
      expect(begun).toBeGreaterThan(painted ?? Number.POSITIVE_INFINITY);
      expect(size).toBeLessThan(40_000);
      await page.evaluate(() => setTimeout(() => Promise.reject(new Error('planted')), 0));
      const failed = () => faro.received.flatMap(({ exceptions = [] }) => exceptions);
      await expect.poll(failed, { timeout: 15_000 }).toMatchObject([{ value: 'planted' }]);
      await page.goto('about:blank'); // web vitals are told when a page is left
      const vitals = () => faro.received.flatMap(({ measurements = [] }) => measurements);
      await expect
        .poll(() => vitals().map(({ type }) => type), { timeout: 15_000 })
        .toContain('web-vitals');
      expect(faro.faults).toEqual([]);
      expect(faro.texts.join('')).not.toContain('grief');
      await close();
    });

    it('of a page are not sent when its reader asks not to be followed', async () => {
      if (browser === undefined) throw new Error('There is no Chromium.');
      const before = faro.received.length;
      const { page, close } = await openReader(browser, platform.origin, '/', {
        extraHTTPHeaders: { dnt: '1' },
      });
      await page.addInitScript(() =>
        Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }),
      );
      await page.reload();
      await page.getByRole('heading', { level: 1 }).waitFor();
      const loaded = await page.evaluate(async () => {
        await new Promise((resolve) => setTimeout(resolve, 3000));
        return performance.getEntriesByType('resource').map(({ name }) => name);
      });
      expect(loaded.length).toBeGreaterThan(0);
      expect(loaded.filter((name) => name.includes('page.signals'))).toEqual([]);
      expect(faro.received.length - before).toBeLessThanOrEqual(1); // of the page before the reload
      await close();
    });

    it('name the TypeScript file in the profile of a bundle', async () => {
      const profile = fetch(
        `http://127.0.0.1:${await portOf('content')}/debug/pprof/profile?seconds=3`,
      );
      const until = performance.now() + 2500;
      for (let i = 0; performance.now() < until; i += 1) await ask(`/api/v1/search?q=lord+${i}`);
      const body = Buffer.from(await (await profile).arrayBuffer());
      const { function: functions, stringTable } = Profile.decode(gunzipSync(body));
      const textOf = (index: number | bigint) => stringTable.strings[Number(index)] ?? '';
      const files = functions.map(({ filename }) => textOf(filename));
      const searching = functions.filter(({ filename }) =>
        /src\/search\/.*\.ts$/.test(textOf(filename)),
      );
      profiled = { body, searching: searching.map(({ name }) => textOf(name)) };
      expect(files).toContain('packages/service-kit/src/service/observe.requests.ts');
      expect(files.some((file) => /^(services\/content\/)?src\/search\/.*\.ts$/.test(file))).toBe(
        true,
      );
      expect(files.filter((file) => file.endsWith('dist/main.js'))).toEqual([]);
    });

    it.skipIf(commands.go === undefined)(
      'lead from an alert to its board, from a trace to its log line, and to the function, by what stands in for Grafana',
      async () => {
        if (browser === undefined) throw new Error('There is no Chromium.');
        await takePicture(
          browser,
          '1-alert',
          `${prometheus.origin}/classic/alerts`,
          async (page) => {
            await page.getByText('DeadMansSwitch').first().click();
            await page.getByText('board: /d/').filter({ visible: true }).first().waitFor();
          },
        );
        const answered = collector.spans.find(
          ({ service, name }) => service === 'gateway' && name === 'GET /api/v1/search',
        );
        const log = readFileSync(join(platform.place.data, 'logs/gateway.log'), 'utf8');
        const lines = log
          .split('\n')
          .filter((line) => line.includes(answered?.traceId ?? 'no trace'));
        expect(lines.length).toBeGreaterThan(0);
        const chromium = browser;
        await withPprof(profiled.body, async (origin) => {
          const top = await (await fetch(`${origin}/ui/top`)).text();
          expect(profiled.searching.filter((name) => top.includes(`"${name}"`))).not.toEqual([]);
          await takePicture(chromium, '2-profile', `${origin}/ui/flamegraph`, (page) =>
            page.getByText('routeHandler').first().waitFor(),
          );
        });
      },
      120_000,
    );

    it('are no more after traffic that is made to add some', async () => {
      const gateway = await portOf('gateway');
      const series = async () =>
        (await (await fetch(`http://127.0.0.1:${gateway}/metrics`)).text())
          .split('\n')
          .filter((line) => !line.startsWith('#')).length;
      const attack = async (): Promise<void> => {
        for (let i = 0; i < 100; i += 1) {
          const word = Math.random().toString(36).slice(2);
          await ask(`/${word}/${word}`);
          await ask(`/api/v1/${word}?${word}=${word}`, {
            headers: { [`x-${word}`]: word, 'user-agent': word, 'x-request-id': word },
          });
          await ask(`/api/v1/chapters/${word}`);
          await ask(`/api/v1/study/notes/${word}`, { method: i % 2 === 0 ? 'PUT' : 'DELETE' });
        }
      };
      await attack(); // each kind of refusal once
      const before = await series();
      await attack();
      expect((await series()) - before).toBe(0);
      const all = await prometheus.ask('sum(scrape_samples_post_metric_relabeling)');
      expect(Number(all[0]?.value[1])).toBeLessThan(6000);
    });

    it('are lost and counted while the agent is away for a minute, and readers do not notice', async () => {
      const spans = async (outcome: string): Promise<number> => {
        const text = await (
          await fetch(`http://127.0.0.1:${await portOf('gateway')}/metrics`)
        ).text();
        const line = new RegExp(
          `^gospelib_telemetry_spans_total\\{outcome="${outcome}".*\\} (\\d+)$`,
          'm',
        );
        return Number(line.exec(text)?.[1]);
      };
      const told = async () => ({ full: await spans('full'), refused: await spans('refused') });
      const memory = async () => (await platform.process('gateway')).memory ?? Number.NaN;
      const memoryBefore = await memory();
      await collector.end();
      const [before, sentBefore] = [await told(), await spans('sent')];
      const end = performance.now() + 60_000;
      let asked = 0;
      while (performance.now() < end) {
        const answers = Array.from({ length: 50 }, () => ask('/api/v1/chapters/alma.32'));
        for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
        asked += answers.length;
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      const grown = (await memory()) - memoryBefore;
      await collector.run();
      // What waited is sent.
      await expect
        .poll(() => spans('sent'), { timeout: 60_000 })
        .toBeGreaterThan(sentBefore + 3500);
      const { full, refused } = await told();
      console.log(
        `${asked} traced requests in 60 s without an agent: the gateway's queue was full for ${full - before.full} spans, ${refused - before.refused} were refused; memory +${(grown / 1e6).toFixed(1)} MB`,
      );
      expect(full - before.full).toBeGreaterThan(0);
      expect(grown).toBeLessThan(20e6);
    }, 180_000);
  },
);
