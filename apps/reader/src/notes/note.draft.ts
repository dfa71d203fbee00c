import type { Base } from '../outbox/change.ts';
import { forgetStorage, readStorage, writeStorage } from '../settings/storage.ts';
import type { Editing } from './editing.store.ts';

/** Unsaved text of an editor, and the version that it is based on. */
export type Draft = { readonly body: string; readonly tags: string; readonly base: Base };

/** The beginning of the keys of all drafts of an account. */
export const draftPrefix = (account: string): string => `gospelib.draft.${account}.`;

function keyOf(account: string, { note, passage }: Editing): string {
  return `${draftPrefix(account)}${note?.id ?? passage ?? ''}`;
}

/** The draft left in this editor when the page was closed; undefined for none. */
export function readDraft(account: string, editing: Editing): Draft | undefined {
  try {
    const saved: unknown = JSON.parse(readStorage(keyOf(account, editing)) ?? 'null');
    const { body, tags, base } = (saved ?? {}) as Partial<Draft>;
    return typeof body === 'string' && typeof tags === 'string' && isBase(base)
      ? { body, tags, base }
      : undefined;
  } catch {
    return undefined;
  }
}

function isBase(base: unknown): base is Base {
  if (typeof base === 'object' && base !== null) {
    return 'after' in base && typeof base.after === 'string';
  }
  return base === 'absent' || Number.isInteger(base);
}

export function keepDraft(account: string, editing: Editing, draft: Draft): void {
  writeStorage(keyOf(account, editing), JSON.stringify(draft));
}

export function forgetDraft(account: string, editing: Editing): void {
  forgetStorage(keyOf(account, editing));
}
