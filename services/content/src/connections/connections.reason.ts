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

/** The forms of a Hebrew word are Hebrew; of a Greek word the source has the renderings of the King James Version. */
export function wordReason(
  forms: readonly string[],
  language: 'hebrew' | 'greek',
  verse = 'this verse',
): string {
  if (language === 'greek') {
    const rendered = forms.length === 0 ? '' : `; rendered “${forms.join('”, “')}”`;
    return `Stands in the Greek of ${verse}${rendered}.`;
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
