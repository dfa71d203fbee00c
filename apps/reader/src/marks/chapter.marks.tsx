import type { ChapterResponse, HighlightColor } from '@gospelib/contracts';
import type { ReactNode, RefObject } from 'react';
import { useEffect } from 'react';
import type { VerseRange } from '../address/verse.range.ts';
import { usePlaceRecord } from '../history/use.place.record.ts';
import { useKeys } from '../keyboard/use.keys.ts';
import { useSession } from '../session/use.session.ts';
import { say } from '../study/toast.store.ts';
import { type ChapterMarks as Marks, useChapterMarks } from './chapter-marks.store.ts';
import { COLORS } from './colors.ts';
import { bookmark, highlight, recolor, startNote, unhighlight } from './mark.actions.ts';
import { type Target, targetOf } from './mark.target.ts';
import { MarkToolbar } from './mark.toolbar.tsx';
import { OwnMarks } from './own.marks.tsx';
import { readLastColor, rememberColor, useColorNames } from './palette.ts';
import { type Gesture, useGesture } from './use.gesture.ts';
import { useHighlightTouch } from './use.highlight.touch.ts';
import { useWordKeys } from './use.word.keys.ts';

export type ChapterMarksProps = {
  readonly text: RefObject<HTMLElement | null>;
  readonly chapter: ChapterResponse;
  readonly range: VerseRange | undefined;
};

const NO_MARKS: Marks = { highlights: [], notes: [], bookmarks: [], mentions: [] };

/** Everything for marking the text of a chapter. */
export default function ChapterMarks(props: ChapterMarksProps): ReactNode {
  const { account } = useSession();
  return account ? (
    <Signed key={account.id} {...props} account={account.id} />
  ) : (
    <Marking {...props} marks={NO_MARKS} account={undefined} />
  );
}

function Signed(props: ChapterMarksProps & { readonly account: string }): ReactNode {
  const marks = useChapterMarks(props.account, props.chapter.id);
  usePlaceRecord(props.text, props.account, props.chapter.id);
  return <Marking {...props} marks={marks} />;
}

type MarkingProps = ChapterMarksProps & {
  readonly account: string | undefined;
  readonly marks: Marks;
};

function Marking({ text, chapter, range, account, marks }: MarkingProps): ReactNode {
  const names = useColorNames(account);
  const [gesture, setGesture] = useGesture(text);
  const touched = marks.highlights.find(({ item }) => item.id === gesture?.highlight);
  useHighlightTouch(text, chapter.id, marks.highlights, setGesture);

  const done = () => {
    getSelection()?.removeAllRanges();
    setGesture(undefined);
  };
  /** The target of a key: the selected words, otherwise the selected or focused verse. */
  const meant = (): Target | undefined => {
    if (gesture) return { chapter, parts: gesture.parts };
    const focused = Number(
      document.activeElement?.closest<HTMLElement>('[data-verse]')?.dataset.verse,
    );
    const verses = focused ? { first: focused, last: focused } : range;
    return verses && targetOf(chapter, verses);
  };
  const act = (work: (target: Target) => unknown) => () => {
    const target = meant();
    if (!target) return say('Choose a verse first: j and k walk from one to the next.');
    work(target);
    done();
  };
  const paint = (color: HighlightColor) =>
    act((target) => {
      rememberColor(color);
      return touched ? recolor(touched, color, names) : highlight(target, color, names, marks);
    });

  useKeys({
    highlight: () => paint(readLastColor())(),
    color: (key) => paint(COLORS[Number(key) - 1] ?? readLastColor())(),
    note: act(startNote),
    bookmark: act((target) => bookmark(target, marks)),
  });
  useWordKeys(text, () => meant()?.parts ?? []);
  useDismiss(gesture, done);

  return (
    <>
      {account ? <OwnMarks text={text} chapter={chapter.id} marks={marks} names={names} /> : null}
      {gesture ? (
        <MarkToolbar
          target={{ chapter, parts: gesture.parts }}
          place={gesture.place}
          touched={touched}
          names={names}
          onColor={(color) => paint(color)()}
          onNote={act(startNote)}
          onBookmark={act((target) => bookmark(target, marks))}
          onLeave={done}
          onRemove={act(() => touched && unhighlight(touched))}
        />
      ) : null}
    </>
  );
}

/** Escape, or a press anywhere else, cancels the gesture. */
function useDismiss(gesture: Gesture | undefined, done: () => void): void {
  useEffect(() => {
    if (!gesture) return;
    // Within the text, the browser clears a selection itself.
    const own = gesture.highlight === undefined ? '.mark-bar, .chapter' : '.mark-bar';
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      done();
    };
    const onPointerDown = ({ target }: PointerEvent) => {
      if (target instanceof Element && !target.closest(own)) done();
    };
    addEventListener('keydown', onKeyDown, true);
    addEventListener('pointerdown', onPointerDown);
    return () => {
      removeEventListener('keydown', onKeyDown, true);
      removeEventListener('pointerdown', onPointerDown);
    };
  });
}
