import type { Highlight, HighlightColor } from '@gospelib/contracts';
import { type MouseEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { connectionsPath } from '../address/address.ts';
import type { Shown } from '../outbox/overlay.ts';
import { ColorSwatches } from './color.swatches.tsx';
import type { ColorNames } from './colors.ts';
import { BookmarkIcon, NoteIcon, RemoveIcon } from './mark.icons.tsx';
import { passageOfTarget, referenceOfTarget, type Target } from './mark.target.ts';
import './mark.toolbar.css';

type MarkToolbarProps = {
  readonly target: Target;
  /** The position of the target on the screen. */
  readonly place: DOMRect;
  /** The highlight that was touched. */
  readonly touched: Shown<Highlight> | undefined;
  readonly names: ColorNames;
  readonly onColor: (color: HighlightColor) => void;
  readonly onNote: () => void;
  readonly onBookmark: () => void;
  readonly onRemove: () => void;
  readonly onLeave: () => void;
};

const GAP = 10;

/** The actions for selected words, shown beside them; on touch screens at the bottom. */
export function MarkToolbar(props: MarkToolbarProps): ReactNode {
  const { target, place, touched, names, onColor, onNote, onBookmark, onRemove, onLeave } = props;
  const bar = useRef<HTMLDivElement>(null);
  const [docked] = useState(() => matchMedia('(pointer: coarse)').matches);
  const [at, setAt] = useState({ left: 0, top: 0 });

  useLayoutEffect(() => {
    if (bar.current) setAt(positionOf(place, bar.current));
  }, [place]);

  return (
    // The selection must survive the press on a button.
    <div
      ref={bar}
      className={docked ? 'mark-bar mark-bar-docked' : 'mark-bar'}
      style={docked ? undefined : at}
      role="toolbar"
      aria-label={`Mark ${referenceOfTarget(target)}`}
      onMouseDown={(event: MouseEvent) => event.preventDefault()}
    >
      <ColorSwatches names={names} current={touched?.item.color} onChoose={onColor} />
      <span className="mark-bar-tools">
        <button type="button" className="tool" onClick={onNote} title="Note (n)">
          <NoteIcon /> Note
        </button>
        {touched ? (
          <>
            <Link className="tool" to={connectionsPath(passageOfTarget(target))} onClick={onLeave}>
              Connections
            </Link>
            <button type="button" className="tool" onClick={onRemove} title="Remove the highlight">
              <RemoveIcon /> Remove
            </button>
          </>
        ) : (
          <button type="button" className="tool" onClick={onBookmark} title="Bookmark (b)">
            <BookmarkIcon /> Bookmark
          </button>
        )}
      </span>
    </div>
  );
}

/** Above the words, or below if there is no room; in document coordinates. */
function positionOf(place: DOMRect, bar: HTMLElement): { left: number; top: number } {
  const { offsetWidth: width, offsetHeight: height } = bar;
  const header = document.querySelector('.header')?.getBoundingClientRect().bottom ?? 0;
  const above = place.top - height - GAP;
  const top = above > header + 4 ? above : Math.min(place.bottom + GAP, innerHeight - height - GAP);
  const middle = place.left + place.width / 2 - width / 2;
  const left = Math.min(Math.max(middle, GAP), document.documentElement.clientWidth - width - GAP);
  return { left: left + scrollX, top: top + scrollY };
}
