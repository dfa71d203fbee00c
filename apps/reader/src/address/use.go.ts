import { useCallback } from 'react';
import { type NavigateOptions, useNavigate } from 'react-router';

/** Goes to another address of the reader. */
export function useGo(): (to: string, options?: NavigateOptions) => void {
  const navigate = useNavigate();
  return useCallback(
    (to, options) => {
      // It returns a promise only with the router's data loading, which the reader does not use.
      void navigate(to, options);
    },
    [navigate],
  );
}
