import type { Metrics } from '@gospelib/service-kit';
import type { ActiveAudit } from '../active/active.audit.ts';
import type { FallbackAudit } from '../fallbacks/fallback.audit.ts';

/** Shows what the audits know at the moment when the metrics are read. */
export function observeGraph(
  metrics: Metrics,
  active: ActiveAudit,
  fallbacks: FallbackAudit,
): void {
  metrics.gauge(
    'gospelib_graph_intact',
    '1 while the active graph is as it was activated, 0 once a check has found a difference.',
    () => (Object.keys(active.differences).length === 0 ? 1 : 0),
  );
  metrics.gaugeBy(
    'gospelib_graph_differences',
    'What differs in the active graph from what was activated, by kind.',
    'kind',
    () => active.differences,
  );
  metrics.gauge(
    'gospelib_graph_last_check_seconds',
    'When the graph was last checked, seconds since 1970.',
    () => active.checkedAt,
  );
  metrics.gauge(
    'gospelib_graph_check_duration_seconds',
    'How long the last quick check took.',
    () => active.seconds,
  );
  metrics.gauge(
    'gospelib_graph_stand_ins',
    'Fallbacks for the active graph that were sound when they were last checked.',
    () => fallbacks.sound,
  );
}
