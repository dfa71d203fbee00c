import { useEffect, useRef } from 'react';
import { actionOf, type KeyAction } from './keyboard.map.ts';

export type KeyHandlers = Partial<Record<KeyAction, (key: string) => void>>;

/** Elements that use plain keys themselves. */
const HAS_OWN_KEYS =
  'input, textarea, select, dialog, [contenteditable], [role="tablist"], [role="listbox"], [role="radiogroup"], [popover]';

/** Calls the handler of an action when one of its keys is pressed anywhere on the page. */
export function useKeys(handlers: KeyHandlers): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : undefined;
      const action = actionOf({
        key: event.key,
        altKey: event.altKey,
        ctrlKey: event.ctrlKey,
        metaKey: event.metaKey,
        taken: target?.closest(HAS_OWN_KEYS) != null,
      });
      const handler = action && latest.current[action];
      if (!handler) return;
      event.preventDefault();
      handler(event.key);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}
