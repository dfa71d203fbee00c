import type { Metrics } from '@gospelib/service-kit';
import { Counter } from 'prom-client';
import type { EventKind } from './event.log.ts';

/** Counters for alerts: a wave of failed sign-ins shows here first. */
export interface Counters {
  event(kind: EventKind): void;
  refusal(policy: string): void;
}

export function openCounters(registry: Metrics['registry']): Counters {
  const events = new Counter({
    name: 'accounts_security_events_total',
    help: 'Security events by kind.',
    labelNames: ['kind'],
    registers: [registry],
  });
  const refusals = new Counter({
    name: 'accounts_throttled_total',
    help: 'Attempts refused for being too many, by policy.',
    labelNames: ['policy'],
    registers: [registry],
  });
  return {
    event: (kind) => events.inc({ kind }),
    refusal: (policy) => refusals.inc({ policy }),
  };
}
