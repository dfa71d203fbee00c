import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { UNSAVED_PATH } from '../address/study.address.ts';
import { useOutbox } from '../outbox/use.outbox.ts';
import { useSession } from '../session/use.session.ts';

/** Shows unobtrusively that changes are only on this device, and where a decision is needed. */
export function UnsavedNote(): ReactNode {
  const { account } = useSession();
  const { changes, account: owner } = useOutbox();
  const own = owner !== undefined && owner === account?.id ? changes : [];
  const troubled = own.filter(({ trouble }) => trouble).length;
  return (
    <div className="unsaved-place" role="status">
      {troubled > 0 ? (
        <Link className="unsaved unsaved-trouble" to={UNSAVED_PATH}>
          {troubled === 1 ? '1 change needs you' : `${troubled} changes need you`}
        </Link>
      ) : own.length > 0 ? (
        <Link
          className="unsaved"
          to={UNSAVED_PATH}
          title="Kept on this device; saved as soon as the library can be reached."
        >
          {own.length} not saved yet
        </Link>
      ) : null}
    </div>
  );
}
