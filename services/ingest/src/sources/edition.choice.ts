import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SourceError } from './source.error.ts';
import { DEFAULT_SWORD, openModules, type SwordModules } from './sword/sword.sources.ts';

export type EditionWish = 'auto' | 'default' | 'full';

export interface EditionChoice {
  edition: 'default' | 'full';
  /** Why, in one sentence for the report. */
  reason: string;
  modules?: SwordModules | undefined;
}

/**
 * The full edition when all its SWORD modules are found, otherwise the default one. When a folder or the full edition
 * was asked for, a missing module is an error. @throws SourceError
 */
export function chooseEdition(wish: EditionWish, directory: string | undefined): EditionChoice {
  if (wish === 'default')
    return { edition: 'default', reason: 'The default edition was asked for.' };
  const root = directory ?? DEFAULT_SWORD;
  const required = wish === 'full' || directory !== undefined;
  if (!existsSync(join(root, 'mods.d'))) {
    const reason = `There are no SWORD modules in ${root}.`;
    if (required)
      throw new SourceError(
        root,
        undefined,
        'it has no folder mods.d: there are no SWORD modules.',
      );
    return { edition: 'default', reason };
  }
  const { modules, missing } = openModules(root);
  if (modules)
    return { edition: 'full', reason: `All SWORD modules were found in ${root}.`, modules };
  const reason = `${root} lacks the SWORD modules ${missing.join(', ')}.`;
  if (required)
    throw new SourceError(root, undefined, `it lacks the modules ${missing.join(', ')}.`);
  return { edition: 'default', reason };
}
