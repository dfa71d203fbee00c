import { join, relative } from 'node:path';

export type TestKind =
  | 'unit'
  | 'integration'
  | 'e2e'
  | 'images'
  | 'cluster'
  | 'compose'
  | 'observe'
  | 'infra'
  | 'ship';

/**
 * Words for people, and a JSON report that `./gl test` counts from: `.gl/tests/<project>/<kind>.json`,
 * an output of the Nx target, so that a run served from the cache keeps its true numbers.
 */
export function reporters(kind: TestKind): ['default', ['json', object]] {
  const root = import.meta.dirname;
  const outputFile = join(root, '.gl/tests', relative(root, process.cwd()), `${kind}.json`);
  return ['default', ['json', { outputFile }]];
}
