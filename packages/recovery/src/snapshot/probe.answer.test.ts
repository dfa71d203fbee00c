import { OperatorError } from '@gospelib/cli-kit';
import type { Environment } from '@gospelib/environment';
import { expect, test } from 'vitest';
import type { Delivery } from '../delivery.port.ts';
import type { Provider } from '../provider.port.ts';
import { answerOf, parts, reasonOf } from './probe.answer.ts';
import { takeSnapshot } from './snapshot.take.ts';

test('whatever hinders it, a snapshot is taken, and says of each part why it is unknown', async () => {
  const hindered: Environment = new Proxy({} as Environment, {
    get: () => () => {
      throw new TypeError('it is gone\nat some place');
    },
  });
  const { findings, seconds, goneRows, ...known } = await takeSnapshot(hindered, {
    delivery: hindered as unknown as Delivery,
    provider: hindered as unknown as Provider,
  });
  expect(goneRows).toEqual([]);
  expect(Object.values(known)).toEqual(parts.map(() => undefined));
  expect(findings.map(({ kind, level, subject }) => [kind, level, subject]).sort()).toEqual(
    parts.map((part) => ['unknown', 'unknown', part]).sort(),
  );
  for (const { text } of findings) expect(text).toMatch(/^Unknown: .*, because .*\.$/);
  expect(seconds).toBeGreaterThan(0);
});

test('a probe that never answers is given up', async () => {
  const { findings } = await answerOf('backups', () => new Promise<never>(() => undefined), 20);
  expect(findings.map(({ text }) => text)).toEqual([
    'Unknown: nothing is known of the backups, because there was no answer in 0.02 s.',
  ]);
});

test.each([
  [new Error('It is away.'), 'It is away.'],
  [new OperatorError('It is away.', 'Look there.'), 'It is away. Look there.'],
  [Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }), 'ECONNREFUSED.'],
  ['text', 'text.'],
])('a reason is a line of plain words: %s', (error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});
