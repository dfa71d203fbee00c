import type { Highlight as StoredHighlight } from '@gospelib/contracts';
import { COLORS } from './colors.ts';
import { numberOf, rangeOf, versesIn } from './verse.dom.ts';
import './mark.colors.css';
import './highlight.css';

/** Browsers from 2023 on paint words without a change of the page. */
const paintsWords = typeof CSS !== 'undefined' && 'highlights' in CSS;

/**
 * Paints highlights into the text of a chapter. Each colour is a layer of its own and lets the ones below shine through.
 * A browser that cannot paint words colours the edge of their verse.
 * @returns takes them away again
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
