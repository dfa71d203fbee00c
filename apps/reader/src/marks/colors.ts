import type { HighlightColor } from '@gospelib/contracts';

/** The colours in display order. */
export const COLORS: readonly HighlightColor[] = [
  'yellow',
  'orange',
  'red',
  'green',
  'blue',
  'purple',
];

export function parseColor(value: string | null): HighlightColor | undefined {
  return COLORS.find((color) => color === value);
}

/** The reader's names for the colours; the colour's own name by default. */
export type ColorNames = Readonly<Record<HighlightColor, string>>;

export const PLAIN_NAMES: ColorNames = {
  yellow: 'Yellow',
  orange: 'Orange',
  red: 'Red',
  green: 'Green',
  blue: 'Blue',
  purple: 'Purple',
};
