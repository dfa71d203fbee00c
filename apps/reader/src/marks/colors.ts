import type { HighlightColor } from '@gospelib/contracts';

/** The colours in the order in which they are offered. */
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

/** What readers call the colours; where they do not, the colour's own name. */
export type ColorNames = Readonly<Record<HighlightColor, string>>;

export const PLAIN_NAMES: ColorNames = {
  yellow: 'Yellow',
  orange: 'Orange',
  red: 'Red',
  green: 'Green',
  blue: 'Blue',
  purple: 'Purple',
};
