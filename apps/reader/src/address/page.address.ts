import { topVerse } from '../reading/top.verse.ts';
import { passagePath } from './address.ts';

/** The address of this page with the verse at its top, to come back to exactly there. */
export function hereNow(): string {
  const verse = topVerse()?.verse ?? 1;
  return `${location.pathname}${location.search}${verse > 1 ? `#v${verse}` : ''}`;
}

/** The full address of a passage, to hand on. @param id canonical */
export const linkTo = (id: string): string => location.origin + passagePath(id);
