import type { StudyContent, StudyKind } from '@gospelib/client';

export type StudyInput = StudyContent[StudyKind]['input'];
export type StudyItem = StudyContent[StudyKind]['item'];

/**
 * What a writer saw before a change: a stored version, nothing, or the result of an earlier change of this device (by
 * its key), whose version is known only once it has been sent.
 */
export type Base = number | 'absent' | { readonly after: string };

/** Why a change needs the reader's decision: another version was stored meanwhile, or the server refuses it. */
export type Trouble =
  | { readonly kind: 'conflict'; readonly stored: StudyItem | null }
  | { readonly kind: 'refused'; readonly reason: string };

/** A change written on this device that the server has not confirmed. */
export type Change = {
  /** Its place in the order of writing, assigned by the device's store. */
  readonly seq: number;
  readonly account: string;
  readonly kind: StudyKind;
  readonly id: string;
  /** The whole new content; null to delete the item. */
  readonly input: StudyInput | null;
  readonly base: Base;
  /** Sent with each attempt, so that the change is executed once. */
  readonly key: string;
  readonly madeAt: string;
  readonly trouble?: Trouble;
};

/** A change that the server has confirmed. */
export type Settled = {
  readonly seq: number;
  readonly key: string;
  readonly account: string;
  readonly kind: StudyKind;
  readonly id: string;
  /** The stored item; null after a deletion. */
  readonly item: StudyItem | null;
};

/** A version that no item ever has: naming it returns what is stored instead of overwriting it. */
export const UNKNOWN_VERSION = 1;

/** The version that results from a change, as the base of the next one. */
export function baseAfter({ item }: Pick<Settled, 'item'>): number | 'absent' {
  return item ? item.version : 'absent';
}

/** The change to send next: the oldest that waits neither for the reader nor for another change. */
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
