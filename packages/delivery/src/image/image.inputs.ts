import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjects } from '@gospelib/workspace';
import { z } from 'zod';
import type { Image } from './image.list.ts';

/** What every image is made with. */
const shared = [
  'gl',
  'infra/docker',
  'nx.json',
  'package.json',
  'packages/delivery',
  'packages/platform',
  'packages/workspace',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'rolldown.config.ts',
  'tools/pnpm.integrity.json',
  'tools/pnpm.integrity.mjs',
  'tsconfig.base.json',
];

/** As infra/docker/Dockerfile.dockerignore: these are in no build. */
const ignored = [
  '**/*.md',
  '**/*.test.ts',
  '**/*.test.tsx',
  '**/testing/**',
  'infra/docker/fixtures/**',
];

const manifest = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

/**
 * What an image is made from, as git's pathspecs from the repository's root: its projects with all that they stand on,
 * and what every image is made with. What only tests stand on is none of it.
 */
export function inputsOf(root: string, { folders, context }: Image): readonly string[] {
  if (context !== undefined) return [context];
  const projects = findProjects(root);
  const found = new Set<string>();
  const visit = (folder: string) => {
    if (found.has(folder)) return;
    found.add(folder);
    const text = readFileSync(join(root, folder, 'package.json'), 'utf8');
    for (const name of Object.keys(manifest.parse(JSON.parse(text)).dependencies)) {
      const next = projects.get(name);
      if (next !== undefined) visit(next);
    }
  };
  for (const folder of folders) visit(folder);
  return [
    ...new Set([...shared, ...[...found].toSorted()]),
    ...ignored.map((pattern) => `:(exclude,glob)${pattern}`),
  ];
}
