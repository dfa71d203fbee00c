import type { NameRecord } from './name.record.ts';

type Draft = Omit<NameRecord, 'id'>;

/**
 * Gives each name an id of its own: the most mentioned of those that share a label gets the plain one, `judah`; the
 * others get a suffix that distinguishes them, `judah-place`, `zechariah-h2148`. A place gets its suffix when people
 * share its label.
 */
export function withIds(drafts: readonly Draft[]): NameRecord[] {
  const ids = new Map<Draft, string>();
  const taken = new Set<string>();
  for (const draft of drafts.toSorted((a, b) => b.verses - a.verses)) {
    const base = slugify(draft.label);
    const word = draft.words.join('-').toLowerCase();
    const candidates = [base, `${base}-${draft.kind}`, `${base}-${word}`];
    const id =
      candidates.find((candidate) => !taken.has(candidate)) ?? `${base}-${draft.kind}-${word}`;
    taken.add(id);
    ids.set(draft, id);
  }
  const people = new Set(drafts.filter(({ kind }) => kind === 'person').map(({ label }) => label));
  return drafts.map((draft) => {
    const shared = draft.kind === 'place' && people.has(draft.label);
    return {
      ...draft,
      id: ids.get(draft) ?? slugify(draft.label),
      label: shared ? `${draft.label} (place)` : draft.label,
    };
  });
}

function slugify(label: string): string {
  return label
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
