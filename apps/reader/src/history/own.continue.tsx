import type { ReactNode } from 'react';
import { Continue } from '../home/continue.tsx';
import type { Place } from '../reading/reading.store.ts';
import { useResource } from '../resource/use.resource.ts';
import { continueOf, mergePlaces, placeOf } from './places.ts';

type OwnContinueProps = { readonly account: string; readonly places: readonly Place[] };

/** The last places of a signed-in reader on any device. */
export default function OwnContinue({ account, places }: OwnContinueProps): ReactNode {
  const known = useResource(continueOf(account));
  const everywhere = known.status === 'ready' ? known.value.books.map(placeOf) : [];
  return <Continue places={mergePlaces(places, everywhere)} />;
}
