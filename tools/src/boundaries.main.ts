import { resolve } from 'node:path';
import { checkBoundaries } from './boundaries.ts';

const root = resolve(import.meta.dirname, '../..');
const { modules, unseen, violations } = await checkBoundaries(root);

for (const { rule, from, to, why } of violations) {
  console.error(`${from} → ${to}\n  ${rule}: ${why}`);
}
for (const project of unseen) {
  console.error(`${project}: no source file was seen, so nothing was checked there`);
}
const faults = violations.length + unseen.length;
console.log(`boundaries: ${modules} modules, ${faults} faults`);
process.exitCode = faults > 0 || modules === 0 ? 1 : 0;
