import { describe, expect, it } from 'vitest';
import { findCompounds, fold, tokenize } from './search.text.ts';

const compounds = findCompounds(['And Jacob came to Beth-el.', 'Maher-shalal-hash-baz']);
const terms = (text: string) => tokenize(text, compounds).map(({ term }) => term);

describe('fold', () => {
  it.each([
    ['Cæsar’s', 'caesars'],
    ["LORD's", 'lords'],
    ['ἀγάπη', 'αγαπη'],
    ['λόγος', 'λογοσ'],
    ['בְּרֵאשִׁית', 'בראשית'],
    ['ʼĕlôhîym', 'elohiym'],
    ['ＬＯＲＤ', 'lord'],
  ])('%s is compared as %s', (word, folded) => {
    expect(fold(word)).toBe(folded);
  });
});

describe('tokenize', () => {
  it.each([
    ['In the beginning, God', ['in', 'the', 'beginning', 'god']],
    ["the LORD's house; fathers' sons", ['the', 'lords', 'house', 'fathers', 'sons']],
    ['things—and 144,000', ['things', 'and', '144', '000']],
    ['Bethel', ['beth', 'el']],
    ['Beth-el', ['beth', 'el']],
    ['beth el', ['beth', 'el']],
    ['forever', ['for', 'ever']],
    ['mahershalalhashbaz', ['maher', 'shalal', 'hash', 'baz']],
    ['יְהִי־אוֹר', ['יהי', 'אור']],
    ["''' … — !", []],
    ['', []],
  ])('%j has the words %j', (text, words) => {
    expect(terms(text)).toEqual(words);
  });

  it('says where each word stands, an apostrophe at its end left out', () => {
    const text = 'O “fathers’ house” of Cæsar';
    const cut = tokenize(text, compounds).map(({ start, end }) => text.slice(start, end));
    expect(cut).toEqual(['O', 'fathers', 'house', 'of', 'Cæsar']);
  });

  it('takes a pass over the text, whatever it is', () => {
    expect(tokenize('\ud800'.repeat(1000), compounds)).toEqual([]);
    expect(tokenize("a'".repeat(50_000), compounds)).toHaveLength(1);
    expect(tokenize('😀a'.repeat(50_000), compounds)).toHaveLength(50_000);
  });
});
