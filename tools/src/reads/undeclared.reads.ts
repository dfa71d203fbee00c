import { dirname } from 'node:path';
import type { ReadRecord } from './read.record.ts';
import type { TargetInputs } from './target.inputs.ts';

export interface Repository {
  /** Every file that git does not ignore. */
  readonly files: ReadonlySet<string>;
  /** Every folder or file that a target makes; git ignores them. */
  readonly outputs: readonly string[];
}

/**
 * What tests read though their target does not declare it: a change there would leave Nx with a cached success.
 * Files that git ignores are none of it, unless another project's target makes them.
 */
export function undeclaredReads(
  record: ReadRecord,
  inputs: TargetInputs,
  repository: Repository,
): readonly string[] {
  if (!record.files.some((file) => isBelow(file, inputs.projectRoot))) {
    return ['recorded no read of its own files, so nothing was checked'];
  }
  const faults = [
    ...record.files.filter((file) => isUndeclared(file, inputs, repository)),
    ...record.folders.filter((folder) => hasUndeclaredEntry(folder, inputs, repository)),
    ...record.trees.filter((tree) =>
      [...repository.files].some((file) => isBelow(file, tree) && !inputs.files.has(file)),
    ),
  ];
  return [...new Set(faults)]
    .sort()
    .map((path) => `reads ${path || '.'}, which its inputs do not name`);
}

function isUndeclared(file: string, inputs: TargetInputs, repository: Repository): boolean {
  if (repository.files.has(file)) return !inputs.files.has(file);
  return (
    !isBelow(file, inputs.projectRoot) &&
    repository.outputs.some((output) => isBelow(file, output)) &&
    !inputs.outputs.some((output) => isBelow(file, output))
  );
}

/** A listing depends on the names in the folder: each file must be declared, and something in each folder. */
function hasUndeclaredEntry(folder: string, inputs: TargetInputs, repository: Repository): boolean {
  const below = folder === '' ? '' : `${folder}/`;
  const declared = new Set([...inputs.files].flatMap((file) => [file, ...foldersOf(file)]));
  return [...repository.files].some((file) => {
    if (!file.startsWith(below)) return false;
    const slash = file.indexOf('/', below.length);
    return !declared.has(slash === -1 ? file : file.slice(0, slash));
  });
}

function foldersOf(file: string): string[] {
  const folder = dirname(file);
  return folder === '.' ? [] : [folder, ...foldersOf(folder)];
}

function isBelow(file: string, folder: string): boolean {
  return folder === '' || file === folder || file.startsWith(`${folder}/`);
}
