import type { ChapterResponse } from '@gospelib/contracts';
import { type ReactNode, useEffect, useState } from 'react';
import { Link } from 'react-router';
import { mapPath } from '../address/map.address.ts';
import { linkTo } from '../address/page.address.ts';
import type { VerseRange } from '../address/verse.range.ts';
import { passageOf, quotationOf } from './passage.copy.ts';

type PassageActionsProps = { readonly chapter: ChapterResponse; readonly range: VerseRange };

export function PassageActions({ chapter, range }: PassageActionsProps): ReactNode {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(''), 2_500);
    return () => clearTimeout(timer);
  }, [said]);

  const copy = (text: string, copied: string) => {
    navigator.clipboard.writeText(text).then(
      () => setSaid(copied),
      () => setSaid('The browser does not allow copying'),
    );
  };

  return (
    <p className="panel-actions">
      <Link className="button" to={mapPath({ root: `${chapter.id}.${range.first}` })}>
        Study map
      </Link>
      <button
        type="button"
        className="button"
        title="The text, with its reference"
        onClick={() => copy(quotationOf(chapter, range), 'Copied')}
      >
        Copy text
      </button>
      <button
        type="button"
        className="button"
        onClick={() => copy(linkTo(passageOf(chapter, range)), 'Link copied')}
      >
        Copy link
      </button>
      <span role="status" className="quiet">
        {said}
      </span>
    </p>
  );
}
