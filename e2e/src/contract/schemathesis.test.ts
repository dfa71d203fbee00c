import { expect, it } from 'vitest';
import { readReport } from './schemathesis.ts';

const report = (cases: string, end: string): string => `
=================================== SUMMARY ====================================

Test cases:
  ${cases}

${end}
`;

it.each([
  [
    '1383 generated, 13 found 13 unique failures',
    '====== 13 failures, 1 warning in 60.03s ======',
    1383,
    13,
  ],
  ['49 generated, 1 found 1 unique failures', '====== 1 failure, 2 errors in 6.03s ======', 49, 3],
  ['49 generated, 49 passed', '====== No issues found in 6.03s ======', 49, 0],
])('reads %s', (cases, end, generated, findings) => {
  expect(readReport(report(cases, end))).toMatchObject({ cases: generated, findings });
});

it.each([
  report('0 generated', '=== No issues found ==='),
  'Traceback (most recent call last)',
  '',
])('is an error when nothing was tested', (text) =>
  expect(() => readReport(text)).toThrow('tested nothing'),
);
