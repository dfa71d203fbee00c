import type { Verse } from '@gospelib/contracts';
import { memo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { connectionsPath } from '../address/address.ts';
import { Scripture } from '../typography/scripture.tsx';
import { markWeight } from './paragraph.ts';
import './verse.css';
import './verse.paragraphs.css';

type VerseViewProps = {
  readonly verse: Verse;
  readonly chosen: boolean;
  /** The first verse of the chapter, whose first letter is drawn large. */
  readonly initial: boolean;
  readonly above: ReactNode;
};

/** One verse. Its number is the way to its connections for the keyboard and for screen readers. */
export const VerseView = memo(function VerseView(props: VerseViewProps): ReactNode {
  const { verse, chosen, initial, above } = props;
  const { number, connections } = verse;
  const count = connections === 1 ? '1 connection' : `${connections} connections`;
  return (
    <>
      {above}
      <p
        className={initial ? 'verse verse-first' : 'verse'}
        data-verse={number}
        data-chosen={chosen || undefined}
      >
        <Link
          className="verse-number"
          to={connectionsPath(verse.id)}
          aria-label={`Verse ${number}, ${count}`}
          aria-current={chosen || undefined}
        >
          {number}
        </Link>{' '}
        {verse.paragraph ? (
          <span className="pilcrow" aria-hidden="true">
            ¶{' '}
          </span>
        ) : null}
        <Scripture text={verse.text} initial={initial} />
        <span
          className="verse-marks"
          data-weight={markWeight(connections)}
          aria-hidden="true"
        />{' '}
      </p>
    </>
  );
});
