import type { ReactNode } from 'react';
import type { Pages } from './use.pages.ts';
import './more.button.css';

type MoreButtonProps = {
  readonly pages: Pages<unknown>;
  readonly total: number;
  /** The plural of what is listed: "verses". */
  readonly noun: string;
};

/** Shows how much of a list is visible, and loads the next page. */
export function MoreButton({ pages, total, noun }: MoreButtonProps): ReactNode {
  if (!pages.more) return null;
  return (
    <p className="more">
      <button
        type="button"
        className="button"
        onClick={pages.more}
        aria-busy={pages.state === 'loading'}
      >
        {pages.state === 'loading' ? 'Fetching…' : `More ${noun}`}
      </button>
      <span className="quiet" role="status">
        {pages.state === 'failed'
          ? 'The next page could not be fetched; try again.'
          : `${pages.items.length.toLocaleString('en')} of ${total.toLocaleString('en')}`}
      </span>
    </p>
  );
}
