import { expect, test } from 'vitest';
import { judgeParity } from './parity.compare.ts';

const facts = (more: Record<string, string>) =>
  new Map(Object.entries({ 'Deployment/gateway spec.image': 'a', ...more }));
const replicas = 'Deployment/gateway spec.replicas';
const meant = { paths: [replicas], staging: '1', production: '2', why: 'one node' };

test('a difference that is listed with both values is meant', () => {
  expect(judgeParity(facts({ [replicas]: '1' }), facts({ [replicas]: '2' }), [meant])).toEqual({
    compared: 2,
    allowed: [expect.objectContaining({ path: replicas })],
    unlisted: [],
    stale: [],
  });
});

test.each([
  ['not listed', '1', '2', []],
  ['listed with another value', '1', '3', [meant]],
])('a difference that is %s is not', (_what, staging, production, allowed) => {
  const { unlisted } = judgeParity(
    facts({ [replicas]: staging }),
    facts({ [replicas]: production }),
    allowed,
  );
  expect(unlisted).toEqual([{ path: replicas, staging, production }]);
});

test('an entry that matches nothing is told', () => {
  expect(
    judgeParity(facts({ [replicas]: '1' }), facts({ [replicas]: '1' }), [meant]).stale,
  ).toMatchObject([{ path: replicas }]);
});

test('what one does not have counts once', () => {
  const more = {
    'HorizontalPodAutoscaler/gateway spec.a': '1',
    'HorizontalPodAutoscaler/gateway spec.b': '2',
  };
  expect(judgeParity(facts({}), facts(more), []).unlisted).toEqual([
    { path: 'HorizontalPodAutoscaler/gateway', staging: 'absent', production: 'there' },
  ]);
});
