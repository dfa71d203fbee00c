import { platform } from '@gospelib/platform';

const probes: readonly string[] = Object.values(platform.probes);

export interface AnswerCounts {
  all: number;
  /** Status 500 and above, but 503: who says that a store is away does not fail itself. */
  errors: number;
}

/** One counter of a service's `/metrics`. */
const LINE = /^http_server_request_duration_seconds_count\{([^}]*)\} (\d+)/;

/** From Prometheus' text format. */
export function readCounts(text: string): AnswerCounts {
  const counts = { all: 0, errors: 0 };
  for (const line of text.split('\n')) {
    const [, labels = '', count = '0'] = LINE.exec(line) ?? [];
    const route = /http_route="([^"]*)"/.exec(labels)?.[1] ?? '';
    if (labels === '' || probes.includes(route)) continue;
    const status = Number(/http_response_status_code="(\d+)"/.exec(labels)?.[1]);
    counts.all += Number(count);
    if (status >= 500 && status !== 503) counts.errors += Number(count);
  }
  return counts;
}

/** Errors among the answers between two counts; 0 when there were too few to tell. */
export function failingShare(before: AnswerCounts, after: AnswerCounts, enough: number): number {
  const all = after.all - before.all;
  return all < enough ? 0 : (after.errors - before.errors) / all;
}
