import type { Verse } from '@gospelib/contracts';

/** Groups verses into paragraphs: from one mark of the source (¶, or a Psalm's letter) to the next. */
export function groupParagraphs(verses: readonly Verse[]): readonly (readonly Verse[])[] {
  const groups: Verse[][] = [];
  for (const verse of verses) {
    const open = groups.at(-1);
    if (!open || verse.paragraph || verse.heading) groups.push([verse]);
    else open.push(verse);
  }
  return groups;
}

/** The weight of a verse's dot in the margin, 0 to 3: thirds of the 31,183 verses that have connections. */
export function markWeight(connections: number): 0 | 1 | 2 | 3 {
  if (connections === 0) return 0;
  if (connections < 12) return 1;
  return connections < 24 ? 2 : 3;
}
