import { describe, expect, it } from 'vitest';
import { chapterId, passageId, problem, resolveResponse, wordSummary } from './index.ts';

describe('ids', () => {
  it.each(['gen.1.1', '1-ne.3.7', 'dc.76.22', 'a-of-f.1.13', 'ps.3.0'])(
    'accepts the verse %s',
    (id) => {
      expect(passageId.safeParse(id).success).toBe(true);
    },
  );
  it.each(['', 'gen.1', 'Gen.1.1', 'gen.1.1-3', 'gen.1.1\n', 'gen 1:1', 'gen.1.1000', "gen.1.1'"])(
    'refuses %j as a verse',
    (id) => {
      expect(passageId.safeParse(id).success).toBe(false);
    },
  );
  it.each([
    ['alma.32', true],
    ['alma.32.1', false],
    ['alma', false],
  ])('chapter %s: %s', (id, valid) => {
    expect(chapterId.safeParse(id).success).toBe(valid);
  });
  it.each([
    ['H7225', true],
    ['G26', true],
    ['X1', false],
    ['H123456', false],
  ])("Strong's number %s: %s", (strongs, valid) => {
    const word = { strongs, language: 'hebrew', lemma: 'א', gloss: 'x' };
    expect(wordSummary.safeParse(word).success).toBe(valid);
  });
});

describe('resolveResponse', () => {
  const range = {
    id: 'enos.1',
    reference: 'Enos 1',
    chapter: { id: 'enos.1', reference: 'Enos 1' },
  };
  it('needs something found when it says found', () => {
    const answer = { status: 'found', query: 'Enos 1', ranges: [range] };
    expect(resolveResponse.safeParse(answer).success).toBe(true);
    expect(resolveResponse.safeParse({ ...answer, ranges: [] }).success).toBe(false);
  });
  it('needs two candidates to be ambiguous', () => {
    const answer = { status: 'ambiguous', query: 'Mos 3:19', candidates: [range] };
    expect(resolveResponse.safeParse(answer).success).toBe(false);
    expect(resolveResponse.safeParse({ ...answer, candidates: [range, range] }).success).toBe(true);
  });
});

it('a problem carries an error status', () => {
  expect(problem.safeParse({ type: 'about:blank', title: 'OK', status: 200 }).success).toBe(false);
  expect(problem.safeParse({ type: 'not-found', title: 'Not found', status: 404 }).success).toBe(
    true,
  );
});
