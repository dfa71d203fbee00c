import type { ReactNode } from 'react';
import type { Suggestion } from './suggestion.ts';

type SuggestionLineProps = {
  readonly id: string;
  readonly suggestion: Suggestion;
  readonly active: boolean;
  readonly onPick: () => void;
};

export function SuggestionLine(props: SuggestionLineProps): ReactNode {
  const { id, suggestion, active, onPick } = props;
  const { kind, label, hint } = suggestion;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box, which names the active option
    <div
      id={id}
      role="option"
      className={`suggestion suggestion-${kind}`}
      aria-selected={active}
      aria-disabled={kind === 'note'}
      onPointerDown={(event) => {
        // Keeps the focus in the box; losing it would close the list.
        event.preventDefault();
        if (kind !== 'note' && event.button === 0) onPick();
      }}
    >
      <span>
        {kind === 'search' ? <span className="quiet">Search for </span> : null}
        {label}
      </span>
      {hint ? <span className="suggestion-hint">{hint}</span> : null}
    </div>
  );
}
