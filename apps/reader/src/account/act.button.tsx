import { type ReactNode, useState } from 'react';
import { wordsOfFailure } from './failure.words.ts';
import './act.button.css';

type ActButtonProps = {
  readonly label: string;
  /** The label for screen readers, when the visible one depends on its surroundings. */
  readonly ariaLabel?: string;
  readonly className?: string;
  /** Does the action. @returns the message to show; undefined when the page shows the result itself */
  readonly act: () => Promise<string | undefined>;
};

type Outcome = { readonly busy: boolean; readonly done?: string; readonly failure?: string };

/** A button that runs one action at a time and shows its result beside itself. */
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
