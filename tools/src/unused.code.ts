import { join, relative } from 'node:path';
import { createOptions, createSession } from 'knip/session';

export interface UnusedCode {
  /** How many source files were analysed. */
  readonly files: number;
  /** Unused files, exports and dependencies: kind, name, file. */
  readonly unused: readonly string[];
}

/** Finds files, exports and dependencies of the workspace at `root` that nothing uses. What counts is in knip.json. */
export async function findUnusedCode(root: string): Promise<UnusedCode> {
  const options = await createOptions({
    cwd: root,
    isSession: true, // the form of Knip's API that has types
    args: { config: join(import.meta.dirname, '../knip.json') },
  });
  const { issues, counters } = (await createSession(options)).getResults();
  const found = Object.values(issues).flatMap((byFile) =>
    Object.values(byFile).flatMap((bySymbol) => Object.values(bySymbol)),
  );
  return {
    files: counters.total,
    unused: found
      .map(({ type, filePath, symbol }) => `${type}: ${symbol} in ${relative(root, filePath)}`)
      .sort(),
  };
}
