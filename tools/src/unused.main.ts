import { resolve } from 'node:path';
import { findUnusedCode } from './unused.code.ts';

const { files, unused } = await findUnusedCode(resolve(import.meta.dirname, '../..'));

for (const item of unused) console.error(`unused ${item}`);
console.log(`unused code: ${files} files, ${unused.length} faults`);
process.exitCode = unused.length > 0 || files === 0 ? 1 : 0;
