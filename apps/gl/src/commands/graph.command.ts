import { UsageError } from '@gospelib/cli-kit';
import {
  activateVersion,
  activeVersion,
  type GraphEntry,
  listGraphs,
  noteVerified,
  previousVersion,
  prune,
  type Verification,
  verifyGraph,
  versionPattern,
} from '@gospelib/graph';
import Table from 'cli-table3';
import colors from 'picocolors';
import type { Config } from '../config.ts';
import { withGraphStore } from './graph.store.ts';

export interface GraphOptions {
  json?: boolean;
  dryRun?: boolean;
}

/** Shows the versions that the store has. */
export async function graphList(config: Config, { json }: GraphOptions): Promise<number> {
  const entries = await withGraphStore(config, listGraphs);
  print(json, entries, () => renderList(entries));
  return 0;
}

/** Recomputes everything of a version, of the active one when none is given. Exit code 1 when anything is wrong. */
export async function graphVerify(
  config: Config,
  wanted: string | undefined,
  { json }: GraphOptions,
): Promise<number> {
  assertVersion(wanted);
  const found = await withGraphStore(config, async (store) => {
    const version = wanted ?? (await activeVersion(store));
    if (version === undefined) return undefined;
    const verification = await verifyGraph(store, version);
    if (verification.ok) await noteVerified(store, version);
    return { version, ...verification };
  });
  if (found === undefined) {
    console.error('The store holds no active corpus. `./gl ingest` makes one.');
    return 1;
  }
  print(json, found, () => renderVerification(found));
  return found.ok ? 0 : 1;
}

/** Verifies a version and makes it the active one. */
export async function graphActivate(
  config: Config,
  version: string,
  options: GraphOptions,
): Promise<number> {
  assertVersion(version);
  return switchTo(config, () => Promise.resolve(version), options);
}

/** Goes back to the version that was active before. */
export async function graphRollback(config: Config, options: GraphOptions): Promise<number> {
  return switchTo(config, previousVersion, options);
}

async function switchTo(
  config: Config,
  choose: (store: Parameters<typeof previousVersion>[0]) => Promise<string | undefined>,
  { json, dryRun }: GraphOptions,
): Promise<number> {
  return withGraphStore(config, async (store) => {
    const version = await choose(store);
    if (version === undefined) {
      console.error(
        'There is no version before this one. `./gl graph list` shows what there is, `./gl graph backups` what was kept.',
      );
      return 1;
    }
    if (dryRun === true) {
      const found = { version, ...(await verifyGraph(store, version)) };
      print(json, found, () => `${renderVerification(found)}\nNothing was changed (--dry-run).`);
      return found.ok ? 0 : 1;
    }
    const done = await activateVersion(store, version);
    print(
      json,
      done,
      () =>
        `${colors.bold(done.to)} is verified and active, in ${done.seconds.toFixed(1)} s; before it ${done.from ?? 'nothing'} was.`,
    );
    return 0;
  });
}

/** Drops versions that neither serve nor could be gone back to, and what killed runs left. */
export async function graphPrune(config: Config, { json, dryRun }: GraphOptions): Promise<number> {
  const dropped = await withGraphStore(config, async (store) => {
    if (dryRun !== true) return prune(store);
    return (await listGraphs(store))
      .filter(({ active, previous }) => !active && !previous)
      .map(({ version }) => version);
  });
  const verb = dryRun === true ? 'Would drop' : 'Dropped';
  print(json, { dropped, dryRun: dryRun === true }, () =>
    dropped.length === 0 ? 'Nothing to drop.' : `${verb} ${dropped.join(', ')}.`,
  );
  return 0;
}

export function print(json: boolean | undefined, value: unknown, render: () => string): void {
  console.log(json === true ? JSON.stringify(value, null, 2) : render());
}

function assertVersion(version: string | undefined): void {
  if (version === undefined || versionPattern.test(version)) return;
  throw new UsageError(
    `"${version}" is no version of a corpus, such as 0123456789ab-default. \`./gl graph list\` shows them.`,
  );
}

function renderList(entries: readonly GraphEntry[]): string {
  if (entries.length === 0) return 'The store holds no corpus. `./gl ingest` makes one.';
  const table = new Table({
    head: ['version', '', 'nodes', 'edges', 'MB', 'replica', 'loaded', 'activated', 'verified'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'left', 'right', 'right', 'right'],
  });
  for (const entry of entries) {
    table.push([
      entry.version,
      entry.active ? colors.green('active') : entry.previous ? 'previous' : '',
      entry.nodes.toLocaleString('en'),
      entry.edges.toLocaleString('en'),
      String(entry.megabytes),
      entry.replica ? 'yes' : 'no',
      minute(entry.loadedAt),
      minute(entry.activatedAt),
      minute(entry.verifiedAt),
    ]);
  }
  return table.toString();
}

function minute(time: string | undefined): string {
  return time === undefined ? 'not noted' : `${time.slice(0, 16).replace('T', ' ')} UTC`;
}

function renderVerification(found: Verification & { version: string }): string {
  const { version, ok, differences, checksums, seconds } = found;
  const rows = (sums: Record<string, { rows: number }>) =>
    Object.values(sums)
      .reduce((sum, { rows }) => sum + rows, 0)
      .toLocaleString('en');
  const size = `${rows(checksums.nodes)} nodes, ${rows(checksums.edges)} edges, ${seconds.toFixed(1)} s`;
  if (ok) return `${colors.green('sound')}  ${version}: as it was activated. ${size}`;
  const lines = differences.map(({ detail }) => `  ${detail}`);
  return [
    `${colors.red('damaged')}  ${version}: not as it was activated. ${size}`,
    ...lines,
    'What helps: `./gl recover` proposes; by hand `./gl graph rollback`, `./gl graph restore ID` or `./gl ingest --force`.',
  ].join('\n');
}
