import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of the workspace's projects by package name. */
export function findProjects(root: string): ReadonlyMap<string, string> {
  const groups = ['apps', 'services', 'packages', 'clients'].flatMap((group) =>
    (existsSync(join(root, group)) ? readdirSync(join(root, group)) : []).map(
      (name) => `${group}/${name}`,
    ),
  );
  const folders = [...groups, 'e2e', 'tools'].filter((folder) =>
    existsSync(join(root, folder, 'package.json')),
  );
  return new Map(folders.map((folder) => [packageName(root, folder), folder]));
}

function packageName(root: string, folder: string): string {
  const text = readFileSync(join(root, folder, 'package.json'), 'utf8');
  return (JSON.parse(text) as { name: string }).name;
}
