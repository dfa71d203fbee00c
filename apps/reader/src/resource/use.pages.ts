import { useEffect, useRef, useState } from 'react';

/** One page of a list, as the API returns it. */
export type Page<T> = { readonly items: readonly T[]; readonly next?: string | undefined };

export type Pages<T> = {
  readonly items: readonly T[];
  /** Fetches the next page; undefined when there is none. */
  readonly more: (() => void) | undefined;
  readonly state: 'idle' | 'loading' | 'failed';
};

/** A list that grows page by page. It restarts whenever `first` is another page. */
export function usePages<T>(
  first: Page<T>,
  load: (cursor: string, signal: AbortSignal) => Promise<Page<T>>,
): Pages<T> {
  const [grown, setGrown] = useState<{ first: Page<T>; page: Page<T> }>({ first, page: first });
  const [state, setState] = useState<Pages<T>['state']>('idle');
  const running = useRef<AbortController>(undefined);
  const page = grown.first === first ? grown.page : first;

  // Fewer dependencies than uses: another first page cancels the running request
  useEffect(() => {
    setState('idle');
    return () => running.current?.abort();
  }, [first]);

  const { next } = page;
  if (next === undefined) return { items: page.items, more: undefined, state };
  const more = () => {
    running.current?.abort();
    const run = new AbortController();
    running.current = run;
    setState('loading');
    load(next, run.signal).then(
      (loaded) => {
        if (run.signal.aborted) return;
        const items = [...page.items, ...loaded.items];
        setGrown({ first, page: { items, next: loaded.next } });
        setState('idle');
      },
      () => run.signal.aborted || setState('failed'),
    );
  };
  return { items: page.items, more, state };
}
