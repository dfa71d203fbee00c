import { type ReactNode, useEffect, useRef } from 'react';
import { KEY_BINDINGS } from './keyboard.map.ts';
import './keyboard.help.css';

export function KeyboardHelp({ onClose }: { readonly onClose: () => void }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="help" aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">Keyboard</h2>
      <dl>
        {KEY_BINDINGS.map(({ action, caps, does }) => (
          <div key={action}>
            <dt>
              {caps.map((cap) => (
                <kbd key={cap}>{cap}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">
        Enter on a verse’s number opens its connections. Shift and the arrows select words of the
        verse. On a touch screen, swipe to turn the page.
      </p>
      <form method="dialog">
        <button type="submit" className="button">
          Close
        </button>
      </form>
    </dialog>
  );
}
