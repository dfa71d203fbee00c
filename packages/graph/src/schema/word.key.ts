const MARKS = /\p{M}/gu;

/** The key by which a Hebrew or Greek lemma is found: without accents, points and case, so that αγαπη finds ἀγάπη. */
export function lemmaKey(text: string): string {
  return text.normalize('NFD').replace(MARKS, '').toLowerCase().replaceAll('ς', 'σ');
}

/** The key by which a transliteration is found: its letters a to z, so that agape finds agápē. */
export function transliterationKey(text: string): string {
  return text
    .normalize('NFD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}
