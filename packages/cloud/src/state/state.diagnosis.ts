import type { StateVersion } from './state.store.ts';

export type StateFault = 'never-there' | 'lost' | 'corrupted' | 'older' | 'another-lineage';

export interface StateDiagnosis {
  /** Undefined: the current version is a state, and the newest of its lineage. */
  fault?: StateFault;
  /** A sentence for people. */
  says: string;
  /** The version to go back to. */
  restore?: string;
}

/** What is wrong with a stored state, told from its versions alone. Newest first, as `StateStore.versions` has them. */
export function diagnoseState(versions: readonly StateVersion[]): StateDiagnosis {
  const current = versions.find((version) => version.current);
  const best = versions
    .filter(({ content }) => content !== undefined)
    .toSorted(
      (a, b) =>
        (b.content?.serial ?? 0) - (a.content?.serial ?? 0) || b.at.getTime() - a.at.getTime(),
    )[0];
  if (best === undefined) {
    return versions.length === 0
      ? {
          fault: 'never-there',
          says: 'There is no state, and never was one: nothing was applied yet, or the bucket is another one.',
        }
      : {
          fault: 'corrupted',
          says: 'No version of the state is one. What is there has to be imported.',
        };
  }
  const { id: restore, content } = best;
  const back = `version ${restore} (serial ${content?.serial}, ${content?.resources} resources)`;
  if (current === undefined || current.deleted) {
    return { fault: 'lost', says: `The state was deleted. Its last one is ${back}.`, restore };
  }
  if (current.content === undefined) {
    return {
      fault: 'corrupted',
      says: `What is stored is not a state. The last one is ${back}.`,
      restore,
    };
  }
  if (current.content.lineage !== content?.lineage) {
    return {
      fault: 'another-lineage',
      says: `The state is not a successor of the one before it. That one is ${back}.`,
      restore,
    };
  }
  if (current.content.serial < (content?.serial ?? 0)) {
    return {
      fault: 'older',
      says: `The state (serial ${current.content.serial}) is older than the world. The newest one is ${back}.`,
      restore,
    };
  }
  return {
    says: `The state is well: serial ${current.content.serial}, ${current.content.resources} resources.`,
  };
}
