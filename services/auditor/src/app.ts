import { connectGraph, StoreUnavailableError } from '@gospelib/graph';
import { createService, type Service, type ServiceIdentity } from '@gospelib/service-kit';
import manifest from '../package.json' with { type: 'json' };
import { ActiveAudit } from './active/active.audit.ts';
import type { AuditorConfig } from './config.ts';
import { FallbackAudit } from './fallbacks/fallback.audit.ts';
import { observeGraph } from './metrics/graph.metrics.ts';
import { observeOperations } from './metrics/operations.metrics.ts';
import { GraphRound, RoundEnded } from './rounds/graph.round.ts';
import { repeat } from './rounds/repeat.work.ts';

export const identity: ServiceIdentity = { name: 'auditor', version: manifest.version };

/** A scan reads much, and a busy store answers late. */
const CHECK_TIMEOUT_MS = 5_000;
const START_TIMEOUT_MS = 500;
/** Connections: quick checks do not wait behind the pages of a round. */
const CONNECTIONS = 2;

/** Builds the service; it does not listen. Once it is ready it audits until it is closed. */
export async function buildApp(config: AuditorConfig): Promise<Service> {
  const app = await createService({ ...identity, config });
  const store = connectGraph(config.graphUrl, {
    timeout: CHECK_TIMEOUT_MS,
    connections: CONNECTIONS,
    onQuery: (name, outcome, seconds) =>
      app.metrics.observeQuery('falkordb', name, outcome, seconds),
    onChange: (ready, reason) => app.log.info({ ready, reason }, 'graph store connection'),
  });
  const end = new AbortController();
  const { GRAPH_CHECK_MS: checkMs, GRAPH_ROUND_MS: roundMs } = config;
  const { log } = app;
  const round = new GraphRound(store, end.signal);
  const active = new ActiveAudit({ store, round, roundMs, log });
  const fallbackRound = new GraphRound(store, end.signal);
  const fallbacks = new FallbackAudit({ store, round: fallbackRound, checkMs, roundMs, log });
  observeGraph(app.metrics, active, fallbacks);
  observeOperations(app.metrics, config.OPERATIONS_DIR);
  app.readiness.add('falkordb', () => store.ping());

  const schedule = (intervalMs: () => number, what: string, work: () => Promise<void>): void => {
    const audit = async (): Promise<void> => {
      try {
        await work();
      } catch (error) {
        if (end.signal.aborted || error instanceof RoundEnded) return;
        // Readiness tells that the store is away; the audit goes on when it is back.
        if (error instanceof StoreUnavailableError) return;
        log.error({ err: error, what }, 'audit failed; it is tried again');
      }
    };
    void repeat(intervalMs, end.signal, audit);
  };
  app.addHook('onReady', async () => {
    // Connecting takes a moment; the service also starts while the store is away.
    await store.whenReady(START_TIMEOUT_MS).catch(() => undefined);
    schedule(
      () => checkMs,
      'quick check',
      () => active.checkQuickly(),
    );
    schedule(
      () => roundMs,
      'round',
      () => active.goRound(),
    );
    schedule(
      () => fallbacks.checkMs,
      'quick check of fallbacks',
      () => fallbacks.checkQuickly(),
    );
    schedule(
      () => fallbacks.roundMs,
      'rounds of fallbacks',
      () => fallbacks.goRounds(),
    );
  });
  app.addHook('onClose', async () => {
    end.abort();
    await store.close();
  });
  return app;
}
