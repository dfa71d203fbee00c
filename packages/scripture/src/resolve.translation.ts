import type { Cursor } from './resolve.cursor.ts';
import { findTranslation, MAX_TRANSLATION_WORDS } from './translation.ts';

/**
 * Reads the names of translations after a reference ("(KJV)", ", NIV", "ESV/NRSV", "NASB 1995") or before one, and moves
 * past them. @returns those that are not the corpus's own
 */
export function readTranslations(cursor: Cursor, where: 'before' | 'after'): string[] {
  const found: string[] = [];
  for (;;) {
    const back = cursor.at;
    if (where === 'after') cursor.skip(', ; / .');
    const name = readOne(cursor);
    // Before a reference, "JST" is a work of its own.
    const cut = name === undefined || (where === 'before' && name.startsWith('Joseph Smith'));
    if (cut || (where === 'before' ? cursor.done : !endsHere(cursor))) {
      cursor.at = back;
      return found;
    }
    if (name !== '') found.push(name);
  }
}

function readOne(cursor: Cursor): string | undefined {
  const start = cursor.at;
  if (cursor.isWord('the')) cursor.at += 1;
  let key = '';
  let found: { name: string; end: number } | undefined;
  for (let ahead = 0; ahead < MAX_TRANSLATION_WORDS; ahead += 1) {
    const token = cursor.peek(ahead);
    if (token?.kind !== 'word') break;
    key += token.text;
    const name = findTranslation(key);
    if (name !== undefined) found = { name, end: cursor.at + ahead + 1 };
  }
  cursor.at = found?.end ?? start;
  if (
    found &&
    cursor.peek()?.kind === 'number' &&
    /^(?:19|20)?\d\d$/.test(cursor.peek()?.text ?? '')
  )
    cursor.at += 1;
  return found?.name;
}

/** Whether nothing follows that makes it the beginning of a reference: "Alma 5, JST Gen. 14:25". */
function endsHere(cursor: Cursor): boolean {
  return cursor.done || cursor.isMark('; , . / &') || cursor.isWord('and or see cf with');
}
