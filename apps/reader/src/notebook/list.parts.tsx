import type { ReactNode } from 'react';
import type { Pages } from '../resource/use.pages.ts';
import type { ListFilter } from './study.list.ts';

type EmptinessProps = {
  readonly filter: ListFilter;
  readonly noun: string;
  /** How to create the first item. */
  readonly children: ReactNode;
};

/** Shown in place of an empty list. */
export function Emptiness({ filter, noun, children }: EmptinessProps): ReactNode {
  const narrowed = Object.values(filter).some((value) => value !== undefined);
  return (
    <p className="notebook-empty quiet" role="status">
      {narrowed ? (
        `There are no ${noun} like that.`
      ) : (
        <>
          You have no {noun} yet. {children}
        </>
      )}
    </p>
  );
}

type ListMoreProps = { readonly pages: Pages<unknown>; readonly noun: string };

/** Loads the next page of a list of unknown length. */
export function ListMore({ pages, noun }: ListMoreProps): ReactNode {
  if (!pages.more) return null;
  const { more, state } = pages;
  return (
    <p className="more">
      <button type="button" className="button" onClick={more} aria-busy={state === 'loading'}>
        {state === 'loading' ? 'Fetching…' : `More ${noun}`}
      </button>
      <span className="quiet" role="status">
        {state === 'failed' ? 'The next page could not be fetched; try again.' : ''}
      </span>
    </p>
  );
}
