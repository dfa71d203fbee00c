import { type ReactNode, useState } from 'react';
import { wordsOfFailure } from './failure.words.ts';
import './act.button.css';

type ActButtonProps = {
  readonly label: string;
  /** What it says for who hears it without what stands around it. */
  readonly ariaLabel?: string;
  readonly className?: string;
  /** Does it, and says what was done; nothing where the page shows it. */
  readonly act: () => Promise<string | undefined>;
};

type Outcome = { readonly busy: boolean; readonly done?: string; readonly failure?: string };

/** A button that does one thing at a time and says beside it how it went. */
export function ActButton({
  label,
  ariaLabel,
  className = 'button',
  act,
}: ActButtonProps): ReactNode {
  const [{ busy, done, failure }, setOutcome] = useState<Outcome>({ busy: false });
  const onClick = async (): Promise<void> => {
    if (busy) return;
    setOutcome({ busy: true });
    try {
      setOutcome({ busy: false, done: (await act()) ?? '' });
    } catch (error) {
      setOutcome({ busy: false, failure: wordsOfFailure(error) });
    }
  };
  return (
    <span className="act">
      <button
        type="button"
        className={className}
        aria-label={ariaLabel}
        aria-disabled={busy}
        onClick={() => void onClick()}
      >
        {label}
      </button>
      <span role="status" className="act-done">
        {done}
      </span>
      <span role="alert" className="act-failure">
        {failure}
      </span>
    </span>
  );
}
