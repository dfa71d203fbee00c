import { type ReactNode, useEffect, useState } from 'react';
import { Link } from 'react-router';
import { useKeys } from '../keyboard/use.keys.ts';
import { silence, type Toast, useToast } from './toast.store.ts';

const LASTS = 8_000;

/** The last message, and how to undo what it reports. */
export function ToastView(): ReactNode {
  const toast = useToast();
  const [held, setHeld] = useState(false);
  const id = toast?.id;

  useEffect(() => {
    if (id === undefined || held) return;
    const timer = setTimeout(() => silence(id), LASTS);
    return () => clearTimeout(timer);
  }, [id, held]);

  const act = (): void => {
    if (!toast?.action || !('run' in toast.action)) return;
    silence(toast.id);
    toast.action.run();
  };
  useKeys({ ...(toast?.action && 'run' in toast.action && { undo: act }) });

  return (
    // Hovering or focusing it only gives more time to read.
    <div
      className="toast-place"
      role="status"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toast ? (
        <p key={toast.id} className="toast">
          <span>{toast.text}</span>
          <Action toast={toast} act={act} />
        </p>
      ) : null}
    </div>
  );
}

function Action({ toast, act }: { readonly toast: Toast; readonly act: () => void }): ReactNode {
  const { action, id } = toast;
  if (!action) return null;
  if ('to' in action) {
    return (
      <Link to={action.to} onClick={() => silence(id)}>
        {action.label}
      </Link>
    );
  }
  return (
    <button type="button" onClick={act}>
      {action.label}
    </button>
  );
}
