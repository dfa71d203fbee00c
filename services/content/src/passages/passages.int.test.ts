import { passagesResponse, resolveResponse } from '@gospelib/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SmallApp, startSmallApp } from '../testing/small.app.ts';

let small: SmallApp;
beforeAll(async () => {
  small = await startSmallApp('full');
});
afterAll(() => small.stop());

const read = (reference: string) =>
  small.get(`passages/${encodeURIComponent(reference)}`, passagesResponse);
const refused = (reference: string) => small.problem(`passages/${encodeURIComponent(reference)}`);

describe('passages', () => {
  it.each([
    ['alma.32.21', ['alma.32.21']],
    ['alma.32.21-23', ['alma.32.21', 'alma.32.22', 'alma.32.23']],
    ['gen.1.31..gen.2.1', ['gen.1.31', 'gen.2.1']],
    ['Alma 32:21', ['alma.32.21']],
    ['John 3:16,18', ['john.3.16', 'john.3.18']],
    ['Jude 9', ['jude.1.9']],
    ['ps.3.0', ['ps.3.0']],
    ['A of F 13', ['a-of-f.1.13']],
    ['Gen. i. 1', ['gen.1.1']],
    ['Joh 3,16.18', ['john.3.16', 'john.3.18']],
    [
      'https://www.churchofjesuschrist.org/study/scriptures/bofm/alma/32?lang=eng&id=p21#p21',
      ['alma.32.21'],
    ],
  ])('%s', async (reference, ids) => {
    const { query, ranges } = await read(reference);
    expect(query).toBe(reference);
    expect(ranges.flatMap(({ verses }) => verses.map(({ id }) => id))).toEqual(ids);
  });

  it('says where each range is, and what a title reads', async () => {
    const { ranges } = await read('ps.3.0');
    expect(ranges).toEqual([
      {
        id: 'ps.3.0',
        reference: 'Psalm 3 (title)',
        chapter: { id: 'ps.3', reference: 'Psalm 3' },
        verses: [
          {
            id: 'ps.3.0',
            reference: 'Psalm 3 (title)',
            text: 'A Psalm of David, when he fled from Absalom his son.',
          },
        ],
        truncated: false,
      },
    ]);
  });

  it('gives at most 500 verses, all ranges together', async () => {
    const { ranges } = await read('Psalms; Genesis; Alma');
    expect(ranges.map(({ verses, truncated }) => [verses.length, truncated])).toEqual([
      [500, true],
      [0, true],
      [0, true],
    ]);
  });

  it('answers the good parts of a list, and names the bad one and another translation', async () => {
    const answer = await read('John 3:16 (NIV); foo 3:4; Alma 32:99');
    expect(answer.ranges.map(({ id }) => id)).toEqual(['john.3.16']);
    expect(answer.notes).toEqual([
      'This corpus has the King James Version, not the New International Version.',
    ]);
    expect(answer.unresolved).toEqual([
      { typed: 'foo 3:4', reason: 'There is no book called “foo”.', suggestions: [] },
      {
        typed: 'Alma 32:99',
        reason: 'Alma 32 has 43 verses; there is no verse 99.',
        suggestions: [expect.objectContaining({ id: 'alma.32' })],
      },
    ]);
    expect(await small.get('resolve?q=John%203:16;%20foo%203:4', resolveResponse)).toMatchObject({
      status: 'found',
      unresolved: [{ typed: 'foo 3:4' }],
    });
  });

  it('offers what there is in place of a range past the end', async () => {
    const { status, body } = await refused('Genesis 1:1-99');
    expect([status, body.detail]).toEqual([404, 'Genesis 1 has 31 verses; there is no verse 99.']);
    expect(body.candidates).toEqual([{ id: 'gen.1.1-31', reference: 'Genesis 1:1–31' }]);
  });

  it('an ambiguous reference is a conflict with its candidates', async () => {
    const { status, code, body } = await refused('Mos 3:19');
    expect([status, code]).toEqual([409, 'ambiguous-reference']);
    expect(body.candidates).toEqual([
      { id: 'mosiah.3.19', reference: 'Mosiah 3:19' },
      { id: 'moses.3.19', reference: 'Moses 3:19' },
    ]);
  });

  it.each([
    ['OD 1', 'text-not-in-corpus', /Official Declarations/],
    ['Matthew 5:3', 'text-not-in-corpus', /does not have the text/],
    ['Malachi 5', 'not-found', /4 chapters/],
    ['faith', 'not-found', /faith/],
    ['ps.1.0', 'not-found', /./],
  ])('%s is a 404 %s', async (reference, code, detail) => {
    expect(await refused(reference)).toMatchObject({
      status: 404,
      code,
      detail: expect.stringMatching(detail),
    });
  });
});

describe('resolve', () => {
  it.each([
    ['1Ne3:7', 'found'],
    ['Mos 3:19', 'ambiguous'],
    ['Official Declaration 2', 'no-text'],
    ['Malachi 5', 'not-found'],
    ['John 3:16; 1 Jn 4:9', 'found'],
  ])('%s: %s', async (typed, status) => {
    const answer = await small.get(`resolve?q=${encodeURIComponent(typed)}`, resolveResponse);
    expect(answer).toMatchObject({ status, query: typed });
  });
});
