/** What the jobs of a workflow run, by their names in it. */
export interface CiJobs {
  /** Kinds of check for `./gl test --only`, joined by commas; empty: none. */
  checks: string;
  /** Projects whose tests run, joined by commas; empty: none. */
  projects: string;
  /** Whether the whole system is built and read. */
  system: boolean;
  python: boolean;
  go: boolean;
}

const checks = ['lint', 'boundaries', 'typecheck', 'advisories'];
const tests = ['test', 'test-int'];

/** Which jobs there are for targets (`@gospelib/study:test`). */
export function ciJobs(targets: readonly string[]): CiJobs {
  const tasks = targets.map((task) => {
    const at = task.lastIndexOf(':');
    return { project: task.slice(0, at), target: task.slice(at + 1) };
  });
  const has = (wanted: string) => tasks.some(({ target }) => target === wanted);
  const tested = tasks.filter(({ target }) => tests.includes(target));
  // The clients are tried against a platform that answers: what content answers is theirs, too.
  const isAnswered = targets.includes('@gospelib/content:build');
  return {
    checks: checks.filter(has).join(','),
    projects: [...new Set(tested.map(({ project }) => project))].join(','),
    system: has('e2e'),
    python: has('test-python') || isAnswered,
    go: has('test-go') || isAnswered,
  };
}
