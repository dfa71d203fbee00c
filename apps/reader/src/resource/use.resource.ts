import { useCallback, useSyncExternalStore } from 'react';
import { type Load, type Resource, ResourceStore } from './resource.store.ts';

/** A request to the API; `key` identifies everything that `load` depends on. */
export type Request<T> = { readonly key: string; readonly load: Load<T> };

export const resources = new ResourceStore();
addEventListener('online', () => resources.retryAll());

/** The present state of a resource; loads it if needed, and re-renders on changes. */
export function useResource<T>({ key, load }: Request<T>): Resource<T> {
  const subscribe = useCallback(
    (listener: () => void) => resources.subscribe(key, load, listener),
    // Fewer dependencies than uses: two loads of one key do the same
    [key],
  );
  return useSyncExternalStore(subscribe, () => resources.read<T>(key));
}

export function prefetch<T>({ key, load }: Request<T>): void {
  resources.prefetch(key, load);
}
