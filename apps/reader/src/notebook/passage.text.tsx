import type { StudyWords } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { requests } from '../api/api.ts';
import { useResource } from '../resource/use.resource.ts';
import { Scripture } from '../typography/scripture.tsx';

type PassageTextProps = {
  readonly id: string;
  /** Quote only these words, with an ellipsis for omitted ones. */
  readonly words?: StudyWords | undefined;
};

/** The most verses that are quoted. */
const MOST = 4;

/** The text of a passage: its words, or its first verses. Nothing when it is not available. */
export function PassageText({ id, words }: PassageTextProps): ReactNode {
  const passages = useResource(requests.passages(id));
  if (passages.status !== 'ready') return <p className="passage-text" aria-hidden="true" />;
  const verses = passages.value.ranges.flatMap((range) => range.verses);
  const text = verses.slice(0, MOST).map((verse) => verse.text);
  const shown = words ? cutWords(text[0] ?? '', words) : text.join(' ');
  return (
    <p className="passage-text">
      <Scripture text={verses.length > MOST ? `${shown} …` : shown} />
    </p>
  );
}

function cutWords(text: string, { start, end }: StudyWords): string {
  const all = text.split(/\s+/).filter(Boolean);
  const cut = all.slice(start, end).join(' ');
  return `${start > 0 ? '… ' : ''}${cut}${end < all.length ? ' …' : ''}`;
}
