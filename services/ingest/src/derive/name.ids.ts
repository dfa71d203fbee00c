import type { NameKind } from './name.mentions.ts';

interface Draft {
  label: string;
  kind: NameKind;
  words: readonly string[];
  verses: number;
}

/**
 * Distinct ids and labels: the most mentioned of those that share a label gets the plain one, `judah`;
 * the others add what tells them apart, `judah-place`, `zechariah-h2148`.
 */
export function nameIds(drafts: readonly Draft[]): { id: string; label: string }[] {
  const taken = new Set<string>();
  const peopleLabels = new Set(
    drafts.filter(({ kind }) => kind === 'person').map(({ label }) => label),
  );
  const result: { id: string; label: string }[] = [];
  const byMentions = drafts.map((draft, place) => ({ draft, place }));
  byMentions.sort((a, b) => b.draft.verses - a.draft.verses || a.place - b.place);
  for (const { draft, place } of byMentions) {
    const base = slugify(draft.label);
    const word = (draft.words[0] ?? '').toLowerCase();
    const candidates = [
      base,
      `${base}-${draft.kind}`,
      `${base}-${word}`,
      `${base}-${draft.kind}-${word}`,
    ];
    const id = candidates.find((candidate) => !taken.has(candidate)) ?? `${base}-${place}`;
    taken.add(id);
    const both = draft.kind === 'place' && peopleLabels.has(draft.label);
    result[place] = { id, label: both ? `${draft.label} (place)` : draft.label };
  }
  return result;
}

function slugify(label: string): string {
  return label
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
