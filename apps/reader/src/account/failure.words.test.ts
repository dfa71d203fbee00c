import { ApiError, SignedOutError } from '@gospelib/client';
import { expect, it } from 'vitest';
import { waitWords, wordsOfFailure } from './failure.words.ts';

const problem = (status: number, retryAfter?: number) =>
  new ApiError({ type: 'x', title: 'x', status, detail: 'As the server says it.' }, retryAfter);

it.each([
  [problem(429, 16), /each further try has to wait longer\. Try again in 16 seconds\.$/],
  [problem(429), /Try again in 60 seconds\.$/],
  [problem(503), /not available at the moment/],
  [problem(401), /Sign in and try again/],
  [problem(403), /^As the server says it\.$/],
  [new SignedOutError(), /Sign in and try again/],
  [new TypeError('x is not a function'), /^Something unexpected happened/],
])('%s is put into words', (error, words) => expect(wordsOfFailure(error)).toMatch(words));

it.each([
  [1, 'in a second'],
  [2, 'in 2 seconds'],
  [89, 'in 89 seconds'],
  [120, 'in about 2 minutes'],
  [899, 'in about 15 minutes'],
  [3 * 3600, 'in about 3 hours'],
])('%i seconds: %s', (seconds, words) => expect(waitWords(seconds)).toBe(words));
