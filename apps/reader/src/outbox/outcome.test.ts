import { ApiError, NetworkError, SignedOutError } from '@gospelib/client';
import type { Note } from '@gospelib/contracts';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from './outcome.ts';

const problem = (status: number, more: object = {}) =>
  new ApiError({ type: 'x', title: 'A title', detail: 'The reason.', status, ...more });
const write = { input: { body: 'Faith', tags: [] } };
const deletion = { input: null };

describe('what is sent again', () => {
  it.each([
    new NetworkError('x', undefined),
    problem(401),
    problem(408),
    problem(429),
    problem(500),
    problem(502),
    problem(503),
    problem(504),
  ])('%s', (error) => {
    expect(outcomeOf(error, write)).toEqual({ kind: 'later', error });
    expect(outcomeOf(error, deletion)).toEqual({ kind: 'later', error });
  });
});

describe('what waits for the reader', () => {
  it.each([400, 403, 404, 409, 413, 422])('%d, with the reason', (status) => {
    expect(outcomeOf(problem(status), write)).toEqual({
      kind: 'trouble',
      trouble: { kind: 'refused', reason: 'The reason.' },
    });
  });

  it('a fault of our own, too: it is kept rather than lost or sent for ever', () => {
    expect(outcomeOf(new TypeError('x is undefined'), write)).toMatchObject({
      trouble: { kind: 'refused' },
    });
  });

  it.each([412, 428])('%d, with what is kept instead', (status) => {
    const stored = { id: 'n', version: 9, body: 'Hope', tags: [] } as unknown as Note;
    const error = problem(status, { yours: write.input, stored });
    expect(outcomeOf(error, write)).toEqual({
      kind: 'trouble',
      trouble: { kind: 'conflict', stored },
    });
    expect(outcomeOf(problem(status, { stored: null }), write)).toMatchObject({
      trouble: { stored: null },
    });
  });
});

it('what is deleted already is deleted', () => {
  expect(outcomeOf(problem(404), deletion)).toEqual({ kind: 'settled', item: null });
});

it('the end of a session is none of an outage', () => {
  expect(outcomeOf(new SignedOutError(), write)).toEqual({ kind: 'signed-out' });
});
