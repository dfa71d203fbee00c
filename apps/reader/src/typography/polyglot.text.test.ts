import { expect, it } from 'vitest';
import { isLatin, splitLanguages } from './polyglot.text.ts';

it('finds Hebrew, Greek and the numbers of words', () => {
  expect(splitLanguages('from the same as H7218 (רֹאשׁ);')).toEqual([
    { kind: 'latin', text: 'from the same as ' },
    { kind: 'strongs', text: 'H7218' },
    { kind: 'latin', text: ' (' },
    { kind: 'hebrew', text: 'רֹאשׁ' },
    { kind: 'latin', text: ');' },
  ]);
  expect(splitLanguages('from G25 (ἀγαπάω)').map((run) => run.kind)).toEqual([
    'latin',
    'strongs',
    'latin',
    'greek',
    'latin',
  ]);
});

it('leaves plain text alone', () => {
  expect(splitLanguages('a firstfruit')).toEqual([{ kind: 'latin', text: 'a firstfruit' }]);
  expect(splitLanguages('')).toEqual([]);
});

it('tells translations from forms', () => {
  expect(['the love', 'ἀγάπην', 'בראשית'].map(isLatin)).toEqual([true, false, false]);
});
