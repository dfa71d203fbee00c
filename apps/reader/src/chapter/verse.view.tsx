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
  /** The first verse of the chapter, which gets a drop cap. */
  readonly initial: boolean;
  readonly above: ReactNode;
};

/** One verse. Keyboards and screen readers open its connections by its number. */
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
