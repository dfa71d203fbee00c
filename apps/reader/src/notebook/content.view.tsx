import type { StudyKind } from '@gospelib/client';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { passagePath } from '../address/address.ts';
import { PLAIN_NAMES } from '../marks/colors.ts';
import { NoteBody } from '../notes/note.body.tsx';
import type { StudyInput, StudyItem } from '../outbox/change.ts';
import { referenceOfId } from '../study/reference.ts';
import { countOf } from '../typography/count.ts';

const NOUNS: Readonly<Record<StudyKind, string>> = {
  notes: 'Note',
  highlights: 'Highlight',
  bookmarks: 'Bookmark',
  collections: 'List',
};

type ContentViewProps = {
  readonly kind: StudyKind;
  /** null: deleted. */
  readonly content: StudyInput | StudyItem | null;
};

/** The content of an item of any kind. */
export function ContentView({ kind, content }: ContentViewProps): ReactNode {
  if (content === null) return <p className="quiet">{NOUNS[kind]} deleted.</p>;
  const passage = 'passage' in content ? content.passage : undefined;
  return (
    <>
      <p className="content-kind">
        <span className="label">{NOUNS[kind]}</span>{' '}
        {passage ? <Link to={passagePath(passage)}>{referenceOfId(passage)}</Link> : null}
        {'color' in content ? ` · ${PLAIN_NAMES[content.color]}` : null}
        {'label' in content && content.label ? ` · ${content.label}` : null}
      </p>
      {'body' in content ? <NoteBody body={content.body} mentions={[]} /> : null}
      {'title' in content ? (
        <>
          <p>{content.title}</p>
          {content.description ? <p className="quiet">{content.description}</p> : null}
          <p className="quiet">
            {countOf(content.items.length, 'passage')}:{' '}
            {content.items.map((item) => referenceOfId(item.passage)).join('; ')}
          </p>
        </>
      ) : null}
      {'tags' in content && content.tags.length > 0 ? (
        <p className="quiet">Tags: {content.tags.join(', ')}</p>
      ) : null}
    </>
  );
}
