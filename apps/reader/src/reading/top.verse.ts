/** Where reading begins below the header, px from the top of the window: the `scroll-padding-top` of the page. */
function readingLine(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
}

/** A verse at the top of the reading area. */
export type TopVerse = {
  readonly verse: number;
  /** How far it is scrolled past the top, in its own height; negative when it begins below. */
  readonly part: number;
};

/** The first verse that is not above the reading area, else the last one; undefined on pages without verses. */
export function topVerse(within: ParentNode = document): TopVerse | undefined {
  const line = readingLine();
  let last: TopVerse | undefined;
  for (const verse of within.querySelectorAll<HTMLElement>('.verse[data-verse]')) {
    const { top, bottom, height } = verse.getBoundingClientRect();
    last = { verse: Number(verse.dataset.verse), part: (line - top) / height };
    if (bottom > line + 1) return last;
  }
  return last;
}

/** Scrolls so that a verse is at the top of the reading area. False when the page does not show it. */
export function scrollToVerse({ verse, part }: TopVerse): boolean {
  const { top, height } =
    document.querySelector(`.verse[data-verse="${verse}"]`)?.getBoundingClientRect() ?? {};
  if (top === undefined || height === undefined) return false;
  scrollTo({ top: scrollY + top + part * height - readingLine(), behavior: 'instant' });
  return true;
}
