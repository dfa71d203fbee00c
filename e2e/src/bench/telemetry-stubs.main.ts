import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Preloaded into a service that the benchmark runs from its sources: the service without the calls of telemetry that
 * `WITHOUT_TELEMETRY` names, to have something to compare it with.
 */
const kit = resolve(import.meta.dirname, '../../../packages/service-kit/src');
const stubs: Readonly<Record<string, Readonly<Record<string, (source: string) => string>>>> = {
  untraced: {
    'tracing/child.span.ts': () => 'export const withSpan = (name, attributes, work) => work();',
    'tracing/request.trace.ts': () => `
      export class RequestTrace {
        traceId = '0'.repeat(32); sampled = false; startedAt = performance.now(); ended = false;
        run(sink, method, route, next) { next(); }
        reenter(next) { next(); }
        end() { const first = !this.ended; this.ended = true; return first; }
        traceparent() { return '00-00000000000000000000000000000000-0000000000000000-00'; }
      }
      export const openRequestTrace = () => new RequestTrace();`,
  },
  uncounted: {
    'metrics/metrics.ts': (source) =>
      `${source}\nMetrics.prototype.observeRequest = () => {};\nMetrics.prototype.observeQuery = () => {};`,
  },
};

const chosen = new Map(
  Object.entries(stubs[process.env.WITHOUT_TELEMETRY ?? ''] ?? {}).map(([path, write]) => {
    const file = resolve(kit, path);
    // A file that was moved fails here instead of being compared with itself.
    return [pathToFileURL(file).href, write(readFileSync(file, 'utf8'))];
  }),
);
registerHooks({
  load(url, context, next) {
    const source = chosen.get(url);
    if (source === undefined) return next(url, context);
    return { format: 'module-typescript', source, shortCircuit: true };
  },
});
