import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { makePlan, openTerraform } from '../infra/infra.plan.ts';
import { unlockState } from '../state/state.recover.ts';
import { StateStore } from '../state/state.store.ts';
import { cloud } from './cloud.reader.ts';
import { type EmulatedStaging, isFaultOfEmulator } from './emulated.staging.ts';
import { misconfigurations } from './misconfigurations.ts';

/** How a drill went. */
export interface InfraDrillResult {
  /** Seconds until the look at the provider knew it. */
  foundSeconds: number;
  /** Seconds from the start of that look until it was mended and read back, or the plan was empty. */
  mendedSeconds: number;
  /** Empty when it passed. */
  faults: readonly string[];
}

/** One thing that is broken at the provider, and mended by what `recover` does about it. */
export interface InfraDrill {
  name: string;
  /** In a sentence without its full stop. */
  breaks: string;
  /** What the project promises, in seconds. */
  targetSeconds: number;
  run(staging: EmulatedStaging): Promise<InfraDrillResult>;
}

const DRIFT_SECONDS = 300;
const STATE_SECONDS = 180;

const clock = () => {
  const start = performance.now();
  return () => (performance.now() - start) / 1000;
};

const drifts: readonly InfraDrill[] = misconfigurations.map(
  ({ name, breaks, kind, target, make, isMended }) => ({
    name,
    breaks,
    targetSeconds: DRIFT_SECONDS,
    async run(staging) {
      await make();
      const broken = !(await isMended());
      const seconds = clock();
      const { drifted, state } = await staging.provider(target).look();
      const foundSeconds = seconds();
      const found = drifted.filter((one) => one.kind === kind && one.says.includes(':'));
      await staging.provider(target).mend(drifted.map(({ address }) => address));
      const mended = await isMended();
      const mendedSeconds = seconds();
      const left = (await staging.provider(target).look()).drifted
        .map(({ address }) => address)
        .filter((address) => !isFaultOfEmulator(address));
      const faults = [
        ...(broken ? [] : ['It could not be broken.']),
        ...(state === undefined ? [] : [state.says]),
        ...(found.length > 0 && found.length === drifted.length
          ? []
          : [`It was not found as ${kind}.`]),
        ...(mended ? [] : ['AWS’ own clients do not see it mended.']),
        ...left.map((address) => `${address} differs still.`),
      ];
      return { foundSeconds, mendedSeconds, faults };
    },
  }),
);

/** The state is broken; the version that recovery proposes is put back, and the plan has to be empty. */
function stateDrill(
  name: string,
  breaks: string,
  says: string,
  damage: (staging: EmulatedStaging) => Promise<void>,
): InfraDrill {
  return {
    name,
    breaks,
    targetSeconds: STATE_SECONDS,
    async run(staging) {
      await damage(staging);
      const seconds = clock();
      const { state } = await staging.provider().look();
      const foundSeconds = seconds();
      const told = await staging
        .provider()
        .restoreState(state?.restore ?? 'none')
        .catch((error: Error) => error.message);
      const faults = [
        ...(state?.says.includes(says) ? [] : [`It was not found: ${state?.says}`]),
        ...(told.includes('the plan is empty') ? [] : [told]),
      ];
      return { foundSeconds, mendedSeconds: seconds(), faults };
    },
  };
}

const stateOf = ({ infra }: EmulatedStaging) => ({
  Bucket: infra.state.bucket,
  Key: infra.state.key,
});

const states: readonly InfraDrill[] = [
  stateDrill('state-lost', 'The state is deleted', 'was deleted', async (staging) => {
    await cloud.s3.send(new DeleteObjectCommand(stateOf(staging)));
  }),
  stateDrill(
    'state-corrupted',
    'The state is cut off in the middle',
    'is not a state',
    async (staging) => {
      const Body = '{"version": 4, "serial": 9';
      await cloud.s3.send(new PutObjectCommand({ ...stateOf(staging), Body }));
    },
  ),
  stateDrill(
    'state-older',
    'An older state is put in its place',
    'is older than the world',
    async (staging) => {
      const store = new StateStore(staging.infra, staging.env);
      const versions = await store.versions();
      const newest = Math.max(...versions.map(({ content }) => content?.serial ?? 0));
      const older = versions.find(({ content }) => content && content.serial < newest);
      await store.restore(older?.id ?? 'none');
    },
  ),
  {
    name: 'state-locked',
    breaks: 'The process that holds the lock of the state is killed',
    targetSeconds: STATE_SECONDS,
    async run(staging) {
      const { infra, root, env } = staging;
      const store = new StateStore(infra, env);
      await killWhileLocked(staging, store);
      const seconds = clock();
      const { lock } = await staging.provider().look();
      const foundSeconds = seconds();
      await unlockState(infra, lock?.id ?? 'none', { root, env });
      // A plan that could not have the lock would fail.
      const { explained } = await makePlan(infra, { root, env });
      const pending = explained.changes
        .map(({ address }) => address)
        .filter((address) => !isFaultOfEmulator(address));
      const faults = [
        ...(lock?.says.includes('is held by') ? [] : ['Its holder was not found.']),
        ...pending.map((address) => `${address} would be changed.`),
      ];
      return { foundSeconds, mendedSeconds: seconds(), faults };
    },
  },
];

/** A plan holds the lock while it reads all that there is. */
async function killWhileLocked(
  { infra, root, env }: EmulatedStaging,
  store: StateStore,
): Promise<void> {
  await openTerraform(infra, { root, env });
  const planning = spawn('terraform', ['plan', '-input=false'], {
    cwd: infra.folder,
    env: { ...env, TF_DATA_DIR: join(root, '.gl/infra', infra.name, 'terraform') },
    detached: true,
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => planning.once('exit', resolve));
  while ((await store.lock()) === undefined) {
    if (planning.exitCode !== null) throw new Error('Terraform ended before it could be killed.');
    await sleep(200);
  }
  process.kill(-(planning.pid as number), 'SIGKILL');
  await ended;
}

/** In this order: the last ones are about the state of what stands again. */
export const infraDrills: readonly InfraDrill[] = [...drifts, ...states];
