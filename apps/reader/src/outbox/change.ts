import type { StudyContent, StudyKind } from '@gospelib/client';

export type StudyInput = StudyContent[StudyKind]['input'];
export type StudyItem = StudyContent[StudyKind]['item'];

/**
 * What a writer saw before a change: a version that the library keeps, nothing, or what an earlier change of this
 * device (by its key) makes of it, whose version is only known once that one has been sent.
 */
export type Base = number | 'absent' | { readonly after: string };

/** Why a change waits for its reader: something else was kept meanwhile, or the library does not take it. */
export type Trouble =
  | { readonly kind: 'conflict'; readonly stored: StudyItem | null }
  | { readonly kind: 'refused'; readonly reason: string };

/** Something that was written on this device and that the library has not confirmed yet. */
export type Change = {
  /** Its place in the order of writing, given by the device's own store. */
  readonly seq: number;
  readonly account: string;
  readonly kind: StudyKind;
  readonly id: string;
  /** All that is to be kept from now on; null where it is to be deleted. */
  readonly input: StudyInput | null;
  readonly base: Base;
  /** Sent with each attempt, so that it is done once. */
  readonly key: string;
  readonly madeAt: string;
  readonly trouble?: Trouble;
};

/** That the library has confirmed a change. */
export type Settled = {
  readonly seq: number;
  readonly key: string;
  readonly account: string;
  readonly kind: StudyKind;
  readonly id: string;
  /** What is kept now; null after a deletion. */
  readonly item: StudyItem | null;
};

/** A version that no thing ever has: whoever names it learns what is kept instead of writing over it. */
export const UNKNOWN_VERSION = 1;

/** The version that a change came to, as the base of the next one. */
export function baseAfter({ item }: Pick<Settled, 'item'>): number | 'absent' {
  return item ? item.version : 'absent';
}

/** The change to send next: the oldest that waits neither for its reader nor for another one. */
export function nextChange(changes: readonly Change[]): Change | undefined {
  return changes.find(({ trouble, base }) => !trouble && typeof base !== 'object');
}

/** A change, and all later ones that build on it. */
export function chainOf(changes: readonly Change[], first: Change): readonly Change[] {
  const chain = [first];
  for (const change of changes) {
    const { base } = change;
    if (typeof base === 'object' && chain.some(({ key }) => key === base.after)) chain.push(change);
  }
  return chain;
}
