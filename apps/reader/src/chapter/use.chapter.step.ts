import { useLocation, useNavigate } from 'react-router';
import { useGo } from '../address/use.go.ts';

/** The address from which a step within a chapter was taken; undefined for entries of another kind. */
export function stepFrom(state: unknown): string | undefined {
  const { from } = (state ?? {}) as { readonly from?: unknown };
  return typeof from === 'string' ? from : undefined;
}

export type ChapterStep = {
  /** Chooses verses or opens their connections: one history entry, whichever follow. */
  readonly step: (to: string) => void;
  /** Closes what a step opened: goes back where that is the address before, so that none is there twice. */
  readonly leave: (to: string) => void;
};

/** Steps within a chapter. One press of Back undoes them all. */
export function useChapterStep(): ChapterStep {
  const { pathname, search, state } = useLocation();
  const go = useGo();
  const navigate = useNavigate();
  const from = stepFrom(state);
  return {
    step: (to) => {
      const within = from !== undefined || new URLSearchParams(search).has('show');
      go(to, within ? { replace: true, state } : { state: { from: pathname + search } });
    },
    leave: (to) => {
      if (from === to) void navigate(-1);
      else go(to, { replace: true, state });
    },
  };
}
