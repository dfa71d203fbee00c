import type { ReactNode } from 'react';
import { useRef } from 'react';
import { ActButton } from '../account/act.button.tsx';
import { COLORS, type ColorNames, PLAIN_NAMES } from '../marks/colors.ts';
import { nameColor } from '../marks/palette.ts';
import { cleanText } from '../notes/note.text.ts';

type ColorNamesFormProps = { readonly account: string; readonly names: ColorNames };

/** What each colour stands for, in the reader's own words. */
export function ColorNamesForm({ account, names }: ColorNamesFormProps): ReactNode {
  const form = useRef<HTMLFormElement>(null);
  const save = async (): Promise<string> => {
    const typed = new FormData(form.current ?? undefined);
    for (const color of COLORS) {
      const name = cleanText(String(typed.get(color) ?? '')).trim();
      const plain = name === '' || name === PLAIN_NAMES[color];
      if (name !== names[color]) await nameColor(account, color, plain ? null : name);
    }
    return 'Saved.';
  };
  return (
    <details className="color-names">
      <summary>Name the colours</summary>
      <form ref={form} onSubmit={(event) => event.preventDefault()}>
        {COLORS.map((color) => (
          <label key={color} data-color={color}>
            <span className="unseen">{PLAIN_NAMES[color]}</span>
            <input
              key={names[color]}
              name={color}
              defaultValue={names[color]}
              maxLength={40}
              autoComplete="off"
            />
          </label>
        ))}
        <ActButton label="Save the names" act={save} />
      </form>
    </details>
  );
}
