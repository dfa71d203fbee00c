import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bakePath, renderBake } from '@gospelib/delivery';
import { type Catalogue, portOf, storesOf } from '@gospelib/platform';

const begin =
  '<!-- catalogue: written from packages/platform by `./gl exec node tools/src/catalogue/catalogue.main.ts` -->';
const end = '<!-- /catalogue -->';

/** What is missing in the repository of what the catalogue names, and what it does not name. */
export function findCatalogueFaults(root: string, catalogue: Catalogue): string[] {
  return [
    ...Object.entries(catalogue.services).flatMap(([name, entry]) => [
      ...entry.programs.flatMap((program) => missing(root, entry.folder, mainOf(program))),
      ...missing(root, entry.folder, 'package.json'),
      ...(entry.ownsSchema ? missing(root, entry.folder, 'migrations') : []),
      ...unnamed(root, 'docs/architecture.md', name),
    ]),
    ...Object.values(catalogue.jobs).flatMap(({ folder, program }) =>
      missing(root, folder, mainOf(program)),
    ),
    ...strangers(root, catalogue),
    ...(renewGuide(readGuide(root), catalogue) === readGuide(root)
      ? []
      : ['The table in docs/architecture.md is not what the catalogue makes of it.']),
    ...(readFileSync(join(root, bakePath), 'utf8') === renderBake(catalogue)
      ? []
      : [`${bakePath} is not what the catalogue makes of it.`]),
  ];
}

/** The guide with its table written anew. @throws Error when it lacks the place */
export function renewGuide(guide: string, catalogue: Catalogue): string {
  const [from, to] = [guide.indexOf(begin), guide.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`docs/architecture.md lacks ${begin} … ${end}.`);
  return `${guide.slice(0, from + begin.length)}\n\n${renderCatalogue(catalogue)}\n\n${guide.slice(to)}`;
}

export function readGuide(root: string): string {
  return readFileSync(join(root, 'docs/architecture.md'), 'utf8');
}

function renderCatalogue(catalogue: Catalogue): string {
  const services = Object.entries(catalogue.services).map(([name, entry]) => {
    const calls = Object.values(entry.environment).flatMap((setting) =>
      setting.from === 'service' ? [setting.service] : [],
    );
    const uses = [...storesOf(entry), ...calls].join(', ') || '–';
    return `| ${name} | ${entry.does} | \`${entry.folder}\` | ${port(catalogue, name)} | ${uses} | ${entry.instances} |`;
  });
  const stores = Object.entries(catalogue.stores).map(
    ([name, { holds, addressVariable }]) =>
      `| ${name} | ${holds} | ${port(catalogue, name)} | \`${addressVariable}\` |`,
  );
  const jobs = Object.entries(catalogue.jobs).map(
    ([name, { does, folder }]) => `| ${name} | ${does} | \`${folder}\` |`,
  );
  return [
    ['| service | what it is | where | port | uses | instances |', '|---|---|---|---|---|---|'],
    [...services, ''],
    ['| store | holds | port | its address, where it is not ours to start |', '|---|---|---|---|'],
    [...stores, ''],
    ['| job | what it does | where |', '|---|---|---|'],
    jobs,
  ]
    .flat()
    .join('\n');
}

function port(catalogue: Catalogue, name: string): string {
  const { usual, variable } = portOf(catalogue, name);
  return `${usual} (\`${variable}\`)`;
}

function mainOf(program: string): string {
  return program === 'main' ? 'src/main.ts' : `src/${program}.main.ts`;
}

function missing(root: string, folder: string, path: string): string[] {
  return existsSync(join(root, folder, path)) ? [] : [`${folder}/${path} is missing.`];
}

function unnamed(root: string, path: string, name: string): string[] {
  const text = readFileSync(join(root, path), 'utf8');
  return new RegExp(`\\b${name}\\b`).test(text) ? [] : [`${path} does not name ${name}.`];
}

/** Folders below services/ that the catalogue does not know. */
function strangers(root: string, { services, jobs }: Catalogue): string[] {
  const known = [...Object.values(services), ...Object.values(jobs)].map(({ folder }) => folder);
  return readdirSync(join(root, 'services'))
    .map((name) => `services/${name}`)
    .filter((folder) => existsSync(join(root, folder, 'package.json')) && !known.includes(folder))
    .map((folder) => `${folder} is not in the catalogue.`);
}
