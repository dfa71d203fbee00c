import { OperatorError, UsageError } from '@gospelib/cli-kit';
import { activeVersion, type GraphStore, type Verification, versionPattern } from '@gospelib/graph';
import colors from 'picocolors';

/** @throws UsageError for what cannot be a version */
export function assertVersion(version: string | undefined): void {
  if (version === undefined || versionPattern.test(version)) return;
  throw new UsageError(
    `"${version}" is no version of a corpus, such as 0123456789ab-default. \`./gl graph list\` shows them.`,
  );
}

/** @throws OperatorError when the store has no active corpus */
export async function requireActive(store: GraphStore): Promise<string> {
  const version = await activeVersion(store);
  if (version !== undefined) return version;
  throw new OperatorError('The store holds no active corpus.', '`./gl ingest` makes one.');
}

/** A verification for people. */
export function renderVerification(found: Verification & { version: string }): string {
  const { version, ok, differences, checksums, seconds } = found;
  const count = (sums: Record<string, { rows: number }>) =>
    Object.values(sums)
      .reduce((sum, { rows }) => sum + rows, 0)
      .toLocaleString('en');
  const size = `${count(checksums.nodes)} nodes, ${count(checksums.edges)} edges, ${seconds.toFixed(1)} s`;
  if (ok) return `${colors.green('sound')}  ${version}: as it was activated. ${size}`;
  const lines = differences.map(({ detail }) => `  ${detail}`);
  return [
    `${colors.red('damaged')}  ${version}: not as it was activated. ${size}`,
    ...lines,
    'What helps: `./gl recover` proposes; by hand `./gl graph rollback`, `./gl graph restore ID` or `./gl ingest --force`.',
  ].join('\n');
}
