import { useMemo, useRef } from 'react';
import type { MapAddress } from '../address/map.address.ts';
import { requests } from '../api/api.ts';
import { useResources } from '../resource/use.resources.ts';
import { type MapModel, mergeMaps } from './map.model.ts';

/** The most nodes of a first view, by its depth; and how many an opened node adds. */
const FIRST_LIMIT = { 1: 36, 2: 80, 3: 140 } as const;
const OPENED_LIMIT = 16;

export type MapState = {
  /** The map so far; undefined until the first answer. */
  readonly model: MapModel | undefined;
  /** Why the first answer failed. */
  readonly failure: { readonly error: unknown; readonly retrying: boolean } | undefined;
  /** Key of the first request, to retry it. */
  readonly key: string;
  readonly loading: boolean;
};

/** The study map of an address. While another first view loads, the previous one stays. */
export function useMapModel({ root, depth, kinds, opened }: MapAddress): MapState {
  const first = requests.studyMap(root, depth, kinds, FIRST_LIMIT[depth]);
  const [base, ...more] = useResources([
    first,
    ...opened.map((id) => requests.studyMap(id, 1, kinds, OPENED_LIMIT)),
  ]);
  const before = useRef<{ readonly root: string; readonly model: MapModel }>(undefined);

  const model = useMemo(() => {
    if (base?.status !== 'ready') return undefined;
    return mergeMaps(
      base.value,
      more.flatMap((answer) => (answer.status === 'ready' ? [answer.value] : [])),
    );
  }, [base, more.map(({ status }) => status).join(), opened.join()]);

  if (model) before.current = { root, model };
  const kept = before.current?.root === root ? before.current.model : undefined;
  return {
    model: model ?? kept,
    failure: base?.status === 'failed' ? base : undefined,
    key: first.key,
    loading: [base, ...more].some((answer) => answer?.status === 'loading'),
  };
}
