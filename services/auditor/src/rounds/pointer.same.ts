import type { Pointer } from '@gospelib/graph';

type MaybePointer = Pointer | undefined;

/** Whether both name the very same graph: one of the same version that was activated again is another one. */
export function namesTheSame(one: MaybePointer, other: MaybePointer): boolean {
  return one?.activation === other?.activation && one?.version === other?.version;
}

/** The same, and whether it is quarantined. */
export function isSame(one: MaybePointer, other: MaybePointer): boolean {
  return namesTheSame(one, other) && one?.quarantined === other?.quarantined;
}
