import type { Metrics } from '@gospelib/service-kit';
import type { GraphGuard } from './graph.guard.ts';
import type { StandInGuard } from './stand.in.guard.ts';

/** Shows what the guards know, at the moment when the metrics are read. */
export function observeGraph(metrics: Metrics, guard: GraphGuard, standIns: StandInGuard): void {
  metrics.gauge(
    'gospelib_graph_intact',
    '1 while the active graph is as it was activated, 0 once a check has found a difference.',
    () => (Object.keys(guard.differences).length === 0 ? 1 : 0),
  );
  metrics.gaugeBy(
    'gospelib_graph_differences',
    'What differs in the active graph from what was activated, by kind.',
    'kind',
    () => guard.differences,
  );
  metrics.gauge(
    'gospelib_graph_last_check_seconds',
    'When the graph was last looked at, seconds since 1970.',
    () => guard.checkedAt,
  );
  metrics.gauge(
    'gospelib_graph_check_duration_seconds',
    'How long the last look took.',
    () => guard.seconds,
  );
  metrics.gauge(
    'gospelib_graph_stand_ins',
    'Copies that could stand in for the active graph, as they were last looked at.',
    () => standIns.sound,
  );
}
