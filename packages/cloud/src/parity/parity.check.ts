import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError, renderTable } from '@gospelib/cli-kit';
import { type Facts, manifestFacts } from '@gospelib/workspace';
import { z } from 'zod';
import { cloudFacts } from './cloud.facts.ts';
import { type EngineVersions, engineFacts } from './engine.facts.ts';
import { neutralNames } from './neutral.names.ts';
import { judgeParity, type ParityReport } from './parity.compare.ts';

const FILE = 'infra/parity.json';

const entry = z.strictObject({
  paths: z.array(z.string().min(1)).min(1),
  staging: z.string(),
  production: z.string(),
  why: z.string().min(10),
});
const parityFile = z.strictObject({
  differences: z.array(entry).max(20),
  /** What the laptop's stores are, beside those of both environments. */
  engines: z.record(
    z.string(),
    z.strictObject({ laptop: z.string(), environments: z.string(), why: z.string() }),
  ),
});

/** Of staging and production, and of the stores of a laptop beside them. */
export interface Parity extends ParityReport {
  engines: readonly (EngineVersions & { engine: string; why: string })[];
  /** Engines of which the list has other versions than there are. */
  wrongEngines: readonly string[];
}

/** Compares staging and production: manifests, add-ons, what Terraform plans. @throws OperatorError */
export async function checkParity(root: string): Promise<Parity> {
  const { differences, engines } = readParity(root);
  const [staging, production] = await Promise.all(
    ['staging', 'production'].map((name) => factsOf(root, name)),
  );
  const found = engineFacts(root);
  const names = [...new Set([...Object.keys(found), ...Object.keys(engines)])];
  return {
    ...judgeParity(staging as Facts, production as Facts, differences),
    engines: Object.entries(engines).map(([engine, listed]) => ({ engine, ...listed })),
    wrongEngines: names.filter((engine) => {
      const [is, listed] = [found[engine], engines[engine]];
      return is?.laptop !== listed?.laptop || is?.environments !== listed?.environments;
    }),
  };
}

/** Whether nothing differs that was not meant, and the list is what is. */
export function isWell({ compared, unlisted, stale, wrongEngines }: Parity): boolean {
  return compared > 0 && unlisted.length === 0 && stale.length === 0 && wrongEngines.length === 0;
}

async function factsOf(root: string, environment: string): Promise<Facts> {
  const neutral = neutralNames(root, environment);
  const folders = ['k8s/overlays', 'cluster', 'cluster/telemetry'];
  const [platform = new Map(), addOns = new Map(), telemetry = new Map()] = await Promise.all(
    folders.map((folder) => manifestFacts(join(root, 'infra', folder, environment), neutral)),
  );
  return new Map([
    ...platform,
    ...[...addOns].map(([path, value]) => [`add-ons ${path}`, value] as const),
    ...[...telemetry].map(([path, value]) => [`telemetry ${path}`, value] as const),
    ...cloudFacts(root, environment),
  ]);
}

function readParity(root: string): z.output<typeof parityFile> {
  const parsed = parityFile.safeParse(JSON.parse(readFileSync(join(root, FILE), 'utf8')));
  if (parsed.success) return parsed.data;
  throw new OperatorError(`${FILE} is not as it should be:\n${z.prettifyError(parsed.error)}`);
}

/** For people. */
export function renderParity(parity: Parity): string {
  const { compared, allowed, unlisted, stale, engines, wrongEngines } = parity;
  const reasons = new Set(
    allowed.map(({ why, staging, production }) => `${why} ${staging} ${production}`),
  );
  const table = (some: readonly { path: string; staging: string; production: string }[]) =>
    renderTable(
      [{ head: 'what' }, { head: 'staging' }, { head: 'production' }],
      some.map(({ path, staging, production }) => [
        path,
        staging.slice(0, 60),
        production.slice(0, 60),
      ]),
    );
  return [
    `${compared} facts of staging and production were compared; ${reasons.size} differences are meant, at ${allowed.length} places (${FILE}):`,
    table(allowed),
    ...(unlisted.length === 0 ? [] : [`${unlisted.length} are not:`, table(unlisted)]),
    ...(stale.length === 0
      ? []
      : [`${stale.length} entries of ${FILE} match nothing:`, table(stale)]),
    'Stores of a laptop beside those of an environment:',
    renderTable(
      [{ head: 'store' }, { head: 'laptop' }, { head: 'environments' }, { head: 'why' }],
      engines.map(({ engine, laptop, environments, why }) => [engine, laptop, environments, why]),
    ),
    ...(wrongEngines.length === 0
      ? []
      : [`Of another version than ${FILE} says: ${wrongEngines.join(', ')}.`]),
  ].join('\n');
}
