import type { Highlight as StoredHighlight } from '@gospelib/contracts';
import { COLORS } from './colors.ts';
import { numberOf, rangeOf, versesIn } from './verse.dom.ts';
import './mark.colors.css';
import './highlight.css';

/** Browsers since 2023 can paint words without changing the DOM. */
const paintsWords = typeof CSS !== 'undefined' && 'highlights' in CSS;

/**
 * Paints highlights over the text of a chapter. Each colour is its own layer and lets the ones below show through.
 * In a browser that cannot paint words, the edge of their verse is coloured.
 * @returns a function that removes them
 */
export function paintHighlights(
  text: HTMLElement,
  chapter: string,
  highlights: readonly StoredHighlight[],
): () => void {
  const verses = new Map(versesIn(text).map((verse) => [`${chapter}.${numberOf(verse)}`, verse]));
  if (!paintsWords) return colourEdges(verses, highlights);
  for (const color of COLORS) {
    const ranges = highlights.flatMap((highlight) => {
      const verse = highlight.color === color ? verses.get(highlight.passage) : undefined;
      const range = verse && rangeOf(verse, highlight.words);
      return range ? [range] : [];
    });
    if (ranges.length > 0) CSS.highlights.set(`study-${color}`, new Highlight(...ranges));
  }
  return () => {
    for (const color of COLORS) CSS.highlights.delete(`study-${color}`);
  };
}

function colourEdges(
  verses: ReadonlyMap<string, HTMLElement>,
  highlights: readonly StoredHighlight[],
): () => void {
  for (const { passage, color } of highlights) {
    const verse = verses.get(passage);
    if (verse) verse.dataset.edge = color;
  }
  return () => {
    for (const verse of verses.values()) delete verse.dataset.edge;
  };
}
