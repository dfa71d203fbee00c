export interface AnswerCounts {
  all: number;
  /** Status 500 and above, but 503: who says that a store is away does not fail itself. */
  errors: number;
}

const LINE = /^http_request_duration_seconds_count\{([^}]*)\} (\d+)/;

/** What a service has answered since it started, by its own count; undefined when it does not say. */
export async function countAnswers(port: number): Promise<AnswerCounts | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/metrics`, {
      signal: AbortSignal.timeout(2_000),
    });
    return response.ok ? readCounts(await response.text()) : undefined;
  } catch {
    return undefined;
  }
}

/** From Prometheus' text format. */
export function readCounts(text: string): AnswerCounts {
  const counts = { all: 0, errors: 0 };
  for (const line of text.split('\n')) {
    const [, labels = '', count = '0'] = LINE.exec(line) ?? [];
    const route = /route="([^"]*)"/.exec(labels)?.[1] ?? '';
    if (labels === '' || ['/health', '/ready', '/metrics'].includes(route)) continue;
    const status = Number(/status="(\d+)"/.exec(labels)?.[1]);
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
