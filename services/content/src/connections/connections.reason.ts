import type { WordSource } from '@gospelib/contracts';

/*
 * The reason for a connection, one sentence for readers each.
 */

export function crossReferenceReason(direction: 'to' | 'from' | 'both', shared: number): string {
  const how = {
    both: 'Each verse refers to the other',
    to: 'A cross-reference given at this verse',
    from: 'That verse refers to this one',
  }[direction];
  if (shared === 0) return `${how}.`;
  const further = shared === 1 ? 'one further verse is' : `${shared} further verses are`;
  return `${how}; ${further} connected to both.`;
}

export function quotationReason(quotes: boolean, shared: number, similarity: number): string {
  const runs = shared === 1 ? 'one run' : `${shared} runs`;
  const alike = `${Math.round(similarity * 100)} % of their wording is the same`;
  return quotes
    ? `This verse repeats ${runs} of five words from it; ${alike}.`
    : `It repeats ${runs} of five words from this verse; ${alike}.`;
}

/** Forms are Hebrew where the source is the Hebrew text, English where it is the tags of a translation. */
export function wordReason(
  forms: readonly string[],
  source: WordSource,
  verse = 'this verse',
): string {
  if (source === 'kjv-tag') {
    const tagged = forms.length === 0 ? verse : `“${forms.join('”, “')}” in ${verse}`;
    return `The King James Version's Strong's tags give this word for ${tagged}.`;
  }
  const as = forms.length === 0 ? '' : ` as ${forms.join(', ')}`;
  return `Stands in the Hebrew of ${verse}${as}.`;
}

export function nameReason(label: string): string {
  return `The Hebrew of this verse names ${label}.`;
}

export function topicReason(name: string): string {
  return `Listed for this verse under “${name}” in Nave's Topical Bible.`;
}

export function commentaryReason(covers: string): string {
  return `A comment on ${covers}.`;
}
