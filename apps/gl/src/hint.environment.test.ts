import { expect, test } from 'vitest';
import { withEnvironment } from './hint.environment.ts';

test('a proposed command names the cluster, unless it names one already', () => {
  const hints =
    '`./gl recover --execute` does it. `./gl --env other logs` tells why; ./gl is there.';
  expect(withEnvironment(hints, 'staging')).toBe(
    '`./gl --env staging recover --execute` does it. `./gl --env other logs` tells why; ./gl is there.',
  );
});
