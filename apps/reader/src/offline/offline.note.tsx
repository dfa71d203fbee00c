import type { ReactNode } from 'react';
import { useOffline } from './offline.store.ts';

/** Shows unobtrusively that the page is a copy saved on this device. */
export function OfflineNote(): ReactNode {
  const offline = useOffline();
  return (
    <span className="offline-note" role="status">
      {offline ? (
        <span title="The library cannot be reached; pages that you have read are shown from this device.">
          offline
        </span>
      ) : null}
    </span>
  );
}
