import { useEffect, useMemo, useState } from 'react';
import type { Suggestion } from './suggestion.ts';

type Suggest = (text: string) => readonly Suggestion[];

const load = () => import('./goto.suggest.ts');
/** When to load the canon, ms: after the page has settled, and before the first keystroke needs it. */
const IDLE = 2_000;

/** Suggestions for typed text. The canon is loaded on first use, or when the page is idle. */
export function useSuggestions(text: string): {
  readonly suggestions: readonly Suggestion[];
  readonly wake: () => void;
} {
  const [suggest, setSuggest] = useState<Suggest>();
  const wake = () => {
    // Without the canon, the box can still search.
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
