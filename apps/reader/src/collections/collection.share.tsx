import type { Collection } from '@gospelib/contracts';
import { type ReactNode, useState } from 'react';
import { ActButton } from '../account/act.button.tsx';
import { sharedPath } from '../address/study.address.ts';
import type { Shown } from '../outbox/overlay.ts';
import { resources } from '../resource/use.resource.ts';
import { studyApi } from '../study/study.ts';

type CollectionShareProps = { readonly account: string; readonly shown: Shown<Collection> };

/** Creates, shows and revokes the link of a list. Without a link nobody else sees the list. */
export function CollectionShare({ account, shown }: CollectionShareProps): ReactNode {
  const { item, unsaved } = shown;
  // The server's answer since the list was fetched; null: the link was revoked.
  const [link, setLink] = useState<string | null>();
  const share = link === undefined ? item.share : (link ?? undefined);
  const address = share && location.origin + sharedPath(share);
  const changed = (next: string | null) => {
    setLink(next);
    resources.expire(`study ${account} collections`);
  };
  const open = async () => {
    changed((await studyApi.share(item.id)).share);
    return undefined;
  };
  const close = async () => {
    await studyApi.unshare(item.id);
    changed(null);
    return undefined;
  };
  const copy = async (): Promise<string> => {
    await navigator.clipboard.writeText(address ?? '');
    return 'Copied.';
  };
  return (
    <section className="list-share" aria-labelledby="share">
      <h2 id="share">Share</h2>
      {address ? (
        <>
          <p>Whoever has this link sees the list as it is now, and nothing of who made it.</p>
          <p className="list-link">
            <a href={address}>{address}</a>
          </p>
          <p className="list-actions">
            <ActButton label="Copy the link" act={copy} />
            <ActButton label="Stop sharing" act={close} />
          </p>
        </>
      ) : (
        <>
          <p>Only you see this list. A link lets others read it, also without an account.</p>
          {unsaved ? (
            <p className="quiet">It can be shared once it is saved.</p>
          ) : (
            <p className="list-actions">
              <ActButton label="Make a link" act={open} />
            </p>
          )}
        </>
      )}
    </section>
  );
}
