import type { HighlightColor } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { COLORS, type ColorNames } from './colors.ts';
import './mark.colors.css';
import './color.swatches.css';

type ColorSwatchesProps = {
  readonly names: ColorNames;
  /** The present colour. */
  readonly current?: HighlightColor | undefined;
  readonly onChoose: (color: HighlightColor) => void;
};

/** The six colours as buttons, with the reader's names for them. */
export function ColorSwatches({ names, current, onChoose }: ColorSwatchesProps): ReactNode {
  return (
    <span className="swatches">
      {COLORS.map((color, index) => (
        <button
          key={color}
          type="button"
          className="swatch"
          data-color={color}
          aria-label={`Highlight: ${names[color]}`}
          aria-pressed={color === current}
          aria-keyshortcuts={String(index + 1)}
          title={`${names[color]} (${index + 1})`}
          onClick={() => onChoose(color)}
        />
      ))}
    </span>
  );
}
