import { describe, expect, it } from 'vitest';
import { suggest } from './goto.suggest.ts';

const brief = (text: string) => suggest(text).map(({ kind, label, to }) => [kind, label, to]);

describe('suggest', () => {
  it.each([
    ['alma 32:21', ['passage', 'Alma 32:21', '/alma/32/21']],
    ['1Ne3:7', ['passage', '1 Nephi 3:7', '/1-ne/3/7']],
    ['al', ['passage', 'Alma', '/alma']],
    ['h07225', ['word', 'H7225', '/word/H7225']],
    ['tree of life', ['search', 'tree of life', '/search?q=tree+of+life']],
  ])('%s leads first to %j', (text, first) => expect(brief(text)[0]).toEqual(first));

  it('always ends with a search for exactly what was typed', () => {
    for (const text of ['alma 32', 'Mos 3:19', 'mal 5', '??', 'faith hope']) {
      expect(suggest(text).at(-1)).toMatchObject({ kind: 'search', label: text });
    }
    expect(suggest('   ')).toEqual([]);
  });

  it('offers both meanings of what is ambiguous', () => {
    expect(brief('Mos 3:19').slice(0, 2)).toEqual([
      ['passage', 'Mosiah 3:19', '/mosiah/3/19'],
      ['passage', 'Moses 3:19', '/moses/3/19'],
    ]);
  });

  it('says why a place does not exist, and what is near', () => {
    const [reason, near] = suggest('Malachi 5');
    expect(reason).toMatchObject({ kind: 'note', to: '' });
    expect(reason?.label).toContain('Malachi has 4 chapters');
    expect(near).toMatchObject({ kind: 'passage', to: expect.stringMatching(/^\/mal/) });
  });

  it('leads to the good parts of a list, and names the bad one with what it may mean', () => {
    expect(brief('John 3:16; Mos 3:19').slice(0, 4)).toEqual([
      ['passage', 'John 3:16', '/john/3/16'],
      ['note', 'Mos 3:19', ''],
      ['passage', 'Mosiah 3:19', '/mosiah/3/19'],
      ['passage', 'Moses 3:19', '/moses/3/19'],
    ]);
    expect(brief('John 3:16 (NIV)')[1]?.[1]).toContain('King James Version');
    expect(brief('Genesis 1:1-99')[1]).toEqual(['passage', 'Genesis 1:1–31', '/gen/1/1-31']);
  });

  it('says of a known work without text that it has none', () => {
    expect(suggest('OD 1')[0]).toMatchObject({ kind: 'note', label: 'Official Declaration 1' });
  });

  it('names each address once', () => {
    const to = suggest('job').map((suggestion) => suggestion.to);
    expect(new Set(to).size).toBe(to.length);
  });
});
