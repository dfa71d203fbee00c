import { useEffect, useMemo, useState } from 'react';
import type { Suggestion } from './suggestion.ts';

type Suggest = (text: string) => readonly Suggestion[];

const load = () => import('./goto.suggest.ts');
/** After the page has settled, so that the first keystroke finds the canon already there. */
const IDLE = 2_000;

/** Suggestions for what is typed. The canon they need is fetched on the first touch, or when the page is idle. */
export function useSuggestions(text: string): {
  readonly suggestions: readonly Suggestion[];
  readonly wake: () => void;
} {
  const [suggest, setSuggest] = useState<Suggest>();
  const wake = () => {
    // Without the canon the box still searches.
    load().then(
      (module) => setSuggest(() => module.suggest),
      () => undefined,
    );
  };

  useEffect(() => {
    const timer = setTimeout(() => load().catch(() => undefined), IDLE);
    return () => clearTimeout(timer);
  }, []);

  const suggestions = useMemo(() => suggest?.(text) ?? [], [suggest, text]);
  return { suggestions, wake };
}
