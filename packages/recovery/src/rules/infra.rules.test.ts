import { describe, expect, test } from 'vitest';
import type { Provider, ProviderSnapshot } from '../provider.port.ts';
import { probeInfrastructure } from '../snapshot/infra.probe.ts';
import { mendInfrastructure, restoreState } from '../steps/infra.steps.ts';
import type { StepContext } from '../steps/step.ts';
import { damaged, planned, snapshot, wanted } from '../testing/rules.world.ts';

const well: ProviderSnapshot = {
  environment: 'staging',
  state: undefined,
  lock: undefined,
  drifted: [],
};
const [route, rights] = ['module.network.aws_route.internet', 'module.x.aws_iam_role_policy.y'];
const drifted = [route, rights].map((address = '') => ({
  address,
  kind: 'x',
  says: `${address}!`,
}));
const lost = { says: 'The state was deleted.', restore: 'v7' };
const lock = { id: '1', says: 'Held by ann.' };

test.each<[string, Partial<ProviderSnapshot>, string[]]>([
  ['it is what was applied', {}, []],
  [
    'it was changed behind Terraform’s back: all of it is put back at once',
    { drifted },
    ['infra-drifted', `  mend-infrastructure ${route} ${rights}`],
  ],
  ['the state is lost', { state: lost }, ['state-damaged', '  restore-state v7']],
  [
    'the state is lost, and no version of it is there',
    { state: { ...lost, restore: undefined } },
    ['state-nowhere (refused)'],
  ],
  ['somebody holds the state', { lock, drifted, state: lost }, ['state-held (refused)']],
])('%s', (_, found, expected) => {
  expect(planned(snapshot({ provider: { ...well, ...found } }))).toEqual(expected);
});

test('it is mended before whatever stands on it; what is refused hinders nothing else', () => {
  const above = { services: undefined, graph: damaged };
  expect(planned(snapshot({ ...above, provider: { ...well, drifted } }))).toHaveLength(2);
  const refused = planned(snapshot({ ...above, provider: { ...well, lock } }));
  expect(refused.slice(0, 3)).toEqual([
    'state-held (refused)',
    'graph-damaged',
    `  quarantine ${wanted}`,
  ]);
});

test('every drift is a fault of its own, and a held state a warning', async () => {
  const look = async () => ({ ...well, drifted, lock });
  const { findings } = await probeInfrastructure({ look }, () => undefined);
  expect(findings.map(({ kind, level, subject }) => [kind, level, subject])).toEqual([
    ['infra-drifted', 'fault', route],
    ['infra-drifted', 'fault', rights],
    ['state-held', 'warning', 'staging'],
  ]);
  expect(await probeInfrastructure(undefined, () => undefined)).toEqual({
    snapshot: undefined,
    findings: [],
  });
});

describe('steps', () => {
  const asked: unknown[] = [];
  const provider: Provider = {
    look: async () => well,
    restoreState: async (version) => `${asked.push(version)}`,
    mend: async (addresses) => `${asked.push(addresses)}`,
  };

  test('name to the provider what their plans name', async () => {
    const context = { provider } as unknown as StepContext;
    await restoreState(context, 'v7');
    await mendInfrastructure(context, `${route} ${rights}`);
    expect(asked).toEqual(['v7', [route, rights]]);
  });

  test('without a provider they fail', () => {
    expect(() => restoreState({} as StepContext, 'v7')).toThrow('Nothing is known');
  });
});
