import type { ChapterResponse } from '@gospelib/contracts';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { VerseRange } from '../address/verse.range.ts';
import { useSession } from '../session/use.session.ts';
import { mayWrite } from '../study/write.ts';
import { type ChapterMarks, useChapterMarks } from './chapter-marks.store.ts';
import { ColorSwatches } from './color.swatches.tsx';
import { bookmark, highlight, startNote } from './mark.actions.ts';
import { BookmarkIcon, ListIcon, NoteIcon } from './mark.icons.tsx';
import { passageOfTarget, referenceOfTarget, sameWords, targetOf } from './mark.target.ts';
import { rememberColor, useColorNames } from './palette.ts';
import { versesWithin } from './passage.place.ts';
import './passage.marks.css';

const PassageNotes = lazy(() => import('./passage.notes.tsx'));
const ListPicker = lazy(() => import('../collections/list.picker.tsx'));

export type PassageMarksProps = {
  readonly chapter: ChapterResponse;
  readonly range: VerseRange;
};

const NO_MARKS: ChapterMarks = { highlights: [], notes: [], bookmarks: [], mentions: [] };

/** The reader's marks on the selected verses, and the actions to add some. */
export default function PassageMarks(props: PassageMarksProps): ReactNode {
  const { account } = useSession();
  return account ? (
    <Signed key={account.id} {...props} account={account.id} />
  ) : (
    <Marking {...props} account={undefined} marks={NO_MARKS} />
  );
}

function Signed(props: PassageMarksProps & { readonly account: string }): ReactNode {
  return <Marking {...props} marks={useChapterMarks(props.account, props.chapter.id)} />;
}

type MarkingProps = PassageMarksProps & {
  readonly account: string | undefined;
  readonly marks: ChapterMarks;
};

function Marking({ chapter, range, account, marks }: MarkingProps): ReactNode {
  const names = useColorNames(account);
  const [picking, setPicking] = useState(false);
  const target = targetOf(chapter, range);
  const { first } = range;
  const passage = `${chapter.id}.${first}`;
  const whole = marks.highlights.find(
    ({ item }) => item.passage === passage && sameWords(item.words, undefined),
  );
  const touches = (other: string | undefined): boolean => {
    const verses = other === undefined ? undefined : versesWithin(other, chapter.id);
    return verses !== undefined && verses.first <= range.last && verses.last >= first;
  };
  const marked = marks.bookmarks.some(({ item }) => touches(item.passage));
  const notes = marks.notes.filter(({ item }) => touches(item.passage));
  const mentions = marks.mentions.filter(
    (mention) => touches(mention.passage) && !notes.some(({ item }) => item.id === mention.note),
  );
  return (
    <section className="passage-marks" aria-label="Your own">
      <div className="passage-marks-bar">
        <ColorSwatches
          names={names}
          current={whole?.item.color}
          onChoose={(color) => {
            rememberColor(color);
            void highlight(target, color, names, marks);
          }}
        />
        <button type="button" className="tool" onClick={() => startNote(target)}>
          <NoteIcon /> <span className="tool-word">Note</span>
        </button>
        <button
          type="button"
          className="tool"
          aria-pressed={marked}
          title="Bookmark"
          onClick={() => void bookmark(target, marks)}
        >
          <BookmarkIcon /> <span className="unseen">Bookmark</span>
        </button>
        <button
          type="button"
          className="tool"
          aria-expanded={picking}
          title="Put into a list"
          onClick={() => mayWrite('keep reading lists') && setPicking(!picking)}
        >
          <ListIcon /> <span className="unseen">Put into a list</span>
        </button>
      </div>
      {picking && account ? (
        <Suspense>
          <ListPicker
            account={account}
            passage={passageOfTarget(target)}
            reference={referenceOfTarget(target)}
            onDone={() => setPicking(false)}
          />
        </Suspense>
      ) : null}
      {notes.length > 0 || mentions.length > 0 ? (
        <Suspense>
          <PassageNotes notes={notes} mentions={mentions} passage={passageOfTarget(target)} />
        </Suspense>
      ) : null}
    </section>
  );
}
