import { useCallback } from 'react';
import { createPath, type NavigateOptions, useNavigate } from 'react-router';

/** Goes to another address of the reader. The present address gets no second history entry. */
export function useGo(): (to: string, options?: NavigateOptions) => void {
  const navigate = useNavigate();
  return useCallback(
    (to, options) => {
      // It returns a promise only with the router's data loading, which the reader does not use.
      const here = createPath(location);
      void navigate(to, to === here ? { ...options, replace: true } : options);
    },
    [navigate],
  );
}
