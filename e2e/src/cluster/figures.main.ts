import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { repository } from '../platform.ts';
import { type ClusterFigure, figuresFile } from './figures.ts';

interface Recorded extends ClusterFigure {
  what: string;
  at: string;
}

/** Writes docs/operations/cluster.md from what the last runs of the tests measured; the newest of each figure counts. */
const page = join(repository, 'docs/operations/cluster.md');
if (!existsSync(figuresFile)) throw new Error('Run `./gl test --only cluster` on a cluster first.');
const lines = readFileSync(figuresFile, 'utf8').trim().split('\n');
const newest = new Map(
  lines.map((line) => JSON.parse(line) as Recorded).map((one) => [one.what, one]),
);
const rows = [...newest.values()].map(({ what, seconds, target, note = '', at }) => {
  const bound = target === undefined ? '' : `≤ ${target} s`;
  const missed = target !== undefined && seconds > target ? ' **missed**' : '';
  return `| ${what} | ${seconds.toFixed(1)} s${missed} | ${bound} | ${note} | ${at.slice(0, 16)} |`;
});
const text = readFileSync(page, 'utf8');
const [before = ''] = text.split('<!-- figures');
writeFileSync(
  page,
  `${before}<!-- figures: written by e2e/src/cluster/figures.main.ts -->

Cluster and load on one machine with ${cpus().length} processors and ${Math.round(totalmem() / 2 ** 30)} GiB, which others used as well.

| what | measured | target | note | when |
|---|---|---|---|---|
${rows.join('\n')}
`,
);
