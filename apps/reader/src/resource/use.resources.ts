import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { Resource } from './resource.store.ts';
import { type Request, resources } from './use.resource.ts';

/** Like `useResource`, for several at once; returns the same array while nothing in it changes. */
export function useResources<T>(requests: readonly Request<T>[]): readonly Resource<T>[] {
  const last = useRef<readonly Resource<T>[]>([]);
  const keys = requests.map(({ key }) => key).join('\n');

  const subscribe = useCallback(
    (listener: () => void) => {
      const leave = requests.map(({ key, load }) => resources.subscribe(key, load, listener));
      return () => {
        for (const stop of leave) stop();
      };
    },
    // Fewer dependencies than uses: two loads of one key do the same.
    [keys],
  );

  return useSyncExternalStore(subscribe, () => {
    const now = requests.map(({ key }) => resources.read<T>(key));
    const same =
      now.length === last.current.length && now.every((state, at) => state === last.current[at]);
    if (!same) last.current = now;
    return last.current;
  });
}
