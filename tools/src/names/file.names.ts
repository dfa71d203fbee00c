/** What begins with one of these is no noun and no role. */
const functionWords =
  /^(alone|around|aside|at|beside|here|in|into|later|least|next|of|off|on|only|once|the|to|with)(-|$)/;

/** The glossary has another word for these. */
const privateWords =
  /(^|-)(aside|away|bare|condemn|library|mend|patience|prints|shelf|spare|sweep|turns|vouched)(-|$)/;

const testSuffix = /(\.(cluster|compose|e2e|images|infra|int|observe|ship))?\.test$/;
const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const helperFolders = new Set(['test', 'tests', '__tests__', 'fixtures', 'helpers', 'mocks']);

export const mostLines = 400;

/** What is wrong with the name of a source file, by the rule `<noun>.<role>.ts`; undefined: nothing. */
export function nameFault(path: string): string | undefined {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  const helper = folders.find((folder) => helperFolders.has(folder));
  if (helper !== undefined) return `test helpers live in testing/, not in ${helper}/`;
  const stem = file.replace(/\.(ts|tsx|css)$/, '').replace(testSuffix, '');
  if (/^[a-z]+\.(cluster|compose|e2e|images|infra|int|observe|ship)\.config$/.test(stem))
    return undefined; // vitest.int.config.ts
  const parts = stem.split('.');
  const odd = parts.find((part) => !kebabCase.test(part));
  if (odd !== undefined) return `"${odd}" is not kebab-case`;
  if (parts.length > (parts[0] === 'use' ? 3 : 2)) {
    return 'has more than a noun and a role; a hyphen joins the words of one';
  }
  const word = parts.find((part) => functionWords.test(part) || privateWords.test(part));
  return word === undefined ? undefined : `"${word}" names neither a thing nor its role`;
}
