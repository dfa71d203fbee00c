import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { auditLockfile } from './advisory.audit.ts';
import { acceptedAdvisories, judgeAdvisories } from './advisory.verdict.ts';

/**
 * Fails when the registry knows a high or critical advisory of a package in the lockfile. Leaves a report of the form in
 * which tests leave theirs, so that `./gl test` counts as skipped what could not be checked, and lists the lower ones.
 */
const root = resolve(import.meta.dirname, '../../..');
const list = JSON.parse(readFileSync(join(root, 'tools/advisories.accepted.json'), 'utf8'));
const today = new Date().toISOString().slice(0, 10);
const { failures, notes } = judgeAdvisories(
  await auditLockfile(root, process.argv[2]),
  acceptedAdvisories.parse(list),
  today,
);

for (const line of [...failures, ...notes]) console.error(`pnpm-lock.yaml: ${line}`);
const told = [
  ...failures.map((fullName) => ({ fullName, status: 'failed' })),
  ...notes.map((fullName) => ({ fullName, status: 'skipped' })),
];
const fine = { fullName: 'no advisory is known', status: 'passed' };
const report = {
  testResults: [
    {
      name: join(root, 'pnpm-lock.yaml'),
      status: failures.length > 0 ? 'failed' : 'passed',
      assertionResults: told.length > 0 ? told : [fine],
    },
  ],
};
const file = join(root, '.gl/tests/tools/advisories.json');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, JSON.stringify(report));
process.exit(failures.length > 0 ? 1 : 0);
