// Run by `gl` on whatever Node is there, before anything of pnpm runs: node tools/pnpm.integrity.mjs <version> <folder>
// Compares what npm installed in the folder with the sums that were written down when this version was chosen.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [version, folder] = process.argv.slice(2);
const pinned = JSON.parse(readFileSync(new URL('pnpm.integrity.json', import.meta.url), 'utf8'));
const { packages } = JSON.parse(
  readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8'),
);
const installed = Object.entries(packages).map(([path, { integrity }]) => [
  `${path.replace('node_modules/', '')}@${version}`,
  integrity,
]);

let failed = !installed.some(([name]) => name === `pnpm@${version}`);
if (failed) console.error(`npm installed no pnpm@${version} in ${folder}.`);
for (const [name, integrity] of installed) {
  const expected = pinned[name];
  if (expected === undefined && name.startsWith('@pnpm/exe.')) {
    console.error(
      `${name} has no sum in tools/pnpm.integrity.json: only the registry vouches for it.`,
    );
  } else if (expected !== integrity) {
    failed = true;
    console.error(
      `${name} is not what was pinned: its sum is ${integrity}, tools/pnpm.integrity.json says ${expected ?? 'nothing'}. ` +
        'The registry answered with another package; nothing of it was run. After a change of the version, write its sums there.',
    );
  }
}
process.exit(failed ? 1 : 0);
