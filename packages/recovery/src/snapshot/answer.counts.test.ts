import { expect, test } from 'vitest';
import { failingShare, readCounts } from './answer.counts.ts';

const line = (route: string, status: number, count: number) =>
  `http_server_request_duration_seconds_count{http_request_method="GET",http_route="${route}",http_response_status_code="${status}",service="study"} ${count}`;

test('counts answers and errors of its own, not probes and not stores that are away', () => {
  const text = [
    '# HELP http_server_request_duration_seconds Requests',
    line('/ready', 503, 900),
    line('/metrics', 200, 50),
    line('/notes', 200, 10),
    line('/notes', 404, 2),
    line('/notes', 500, 3),
    line('/notes', 503, 5),
    'http_server_request_duration_seconds_sum{http_route="/notes",http_response_status_code="500"} 7',
  ].join('\n');
  expect(readCounts(text)).toEqual({ all: 20, errors: 3 });
});

test('a share needs enough answers to be one', () => {
  const before = { all: 100, errors: 90 };
  expect(failingShare(before, { all: 110, errors: 95 }, 5)).toBe(0.5);
  expect(failingShare(before, { all: 103, errors: 93 }, 5)).toBe(0);
});
