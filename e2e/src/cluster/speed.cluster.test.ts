import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { load, median } from '../bench/load.ts';
import { generousEnvironment } from '../generous.environment.ts';
import { startPlatform } from '../platform.ts';
import { noCluster } from './cluster.images.ts';
import { record } from './figures.ts';

const paths = ['/api/v1/chapters/alma.32'];
const ROUNDS = 5;
const SECONDS = 2;
/** The promise is 0.7. Here it is only shown that nothing is grossly wrong: others are at work on the machine. */
const LEAST = 0.3;

describe.skipIf(noCluster)(`the cluster’s gateway (${noCluster ?? 'on a cluster'})`, () => {
  it('serves a chapter about as often as the one of this machine, measured in turns', async () => {
    const { gateway } = inject('cluster');
    const local = await startPlatform({ env: generousEnvironment });
    onTestFinished(() => local.stop());
    const origins = { cluster: `http://${gateway.host}:${gateway.port}`, local: local.origin };
    const perSecond = { cluster: [] as number[], local: [] as number[] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const where of ['cluster', 'local'] as const) {
        const origin = origins[where];
        const one = await load({ origin, paths, connections: 16, seconds: SECONDS });
        expect([where, one.failures]).toEqual([where, 0]);
        // The first round warms up.
        if (round > 0) perSecond[where].push(one.requestsPerSecond);
      }
    }
    const [cluster, own] = [median(perSecond.cluster), median(perSecond.local)];
    record('a chapter through the cluster’s gateway ÷ through `./gl up` on the same machine', {
      value: cluster / own,
      unit: '×',
      target: { least: 0.7 },
      note: `${Math.round(cluster)} and ${Math.round(own)} a second, medians of ${ROUNDS} rounds in turns`,
    });
    expect(cluster / own).toBeGreaterThan(LEAST);
  });
});
