import { type FormEvent, type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { searchPath } from '../address/address.ts';
import { useGo } from '../address/use.go.ts';
import { useKeys } from '../keyboard/use.keys.ts';
import { SuggestionLine } from './suggestion.line.tsx';
import { useSuggestions } from './use.suggestions.ts';
import './goto.css';

/** Resolves passages while typing, completes names of books, and searches for everything else. */
export function GotoBox(): ReactNode {
  const go = useGo();
  const input = useRef<HTMLInputElement>(null);
  /** What had the focus before the key of the box took it. */
  const before = useRef<Element>(null);
  const listId = useId();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const { suggestions, wake } = useSuggestions(text);
  const choices = suggestions.filter(({ kind }) => kind !== 'note');
  const active = choices[Math.min(chosen, choices.length - 1)];
  const expanded = open && suggestions.length > 0;
  const optionId = (to: string) => `${listId}-${suggestions.findIndex((line) => line.to === to)}`;

  useKeys({
    goto: () => {
      before.current = document.activeElement;
      input.current?.focus({ preventScroll: true });
      input.current?.select();
    },
  });

  const goBack = () => {
    input.current?.blur();
    if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
    before.current = null;
  };

  const leave = (to: string) => {
    setText('');
    setOpen(false);
    input.current?.blur();
    go(to);
  };

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) leave(active?.to ?? searchPath({ q: text.trim() }));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && choices.length > 0) {
      event.preventDefault();
      setOpen(true);
      setChosen(
        (at) => (Math.min(at, choices.length - 1) + step + choices.length) % choices.length,
      );
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (expanded) setOpen(false);
      else goBack();
    }
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: it must be a form to submit; the role says what it is for
    <form className="goto" role="search" onSubmit={onSubmit}>
      <input
        ref={input}
        value={text}
        role="combobox"
        aria-label="Go to a passage, or search"
        aria-expanded={expanded}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={expanded && active ? optionId(active.to) : undefined}
        placeholder="Go to or search…"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="go"
        maxLength={200}
        onFocus={wake}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
          setOpen(true);
        }}
      />
      <span className="goto-key" aria-hidden="true">
        /
      </span>
      <div id={listId} role="listbox" aria-label="Suggestions" hidden={!expanded}>
        {suggestions.map((line) => (
          <SuggestionLine
            key={`${line.kind} ${line.to} ${line.label}`}
            id={optionId(line.to)}
            suggestion={line}
            active={line === active}
            onPick={() => leave(line.to)}
          />
        ))}
      </div>
    </form>
  );
}
