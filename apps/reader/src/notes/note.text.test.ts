import { noteInput, studyLimits } from '@gospelib/contracts';
import { describe, expect, it } from 'vitest';
import { cleanText, NOTE_BYTES, parseTags, TAG_LENGTH, TAGS } from './note.text.ts';

it('has the limits of study', () => {
  const { noteBytes, tagLength, tagsPerItem } = studyLimits;
  expect([NOTE_BYTES, TAG_LENGTH, TAGS]).toEqual([noteBytes, tagLength, tagsPerItem]);
});

describe('tags as one types them', () => {
  it.each([
    ['', []],
    [' , ,', []],
    ['faith', ['faith']],
    ['Faith, hope,charity ', ['Faith', 'hope', 'charity']],
    ['Faith, faith, FAITH', ['Faith']],
    ['seed of faith, é, e\u0301', ['seed of faith', 'é']],
    ['a'.repeat(60), ['a'.repeat(40)]],
    [`${'a'.repeat(39)}🌱`, ['a'.repeat(39)]],
    ['one\ntwo\tthree', ['one', 'two', 'three']],
  ])('%j', (typed, tags) => expect(parseTags(typed)).toEqual(tags));

  it.each([
    'a\u0000b, \ud800, \u001b[31m',
    `${'x'.repeat(39)}🌱🌱, ${Array.from({ length: 80 }, (_, n) => `t${n}`).join()}`,
  ])('whatever is typed, study accepts: %j', (typed) => {
    const note = noteInput.safeParse({ body: cleanText(`a${typed}`), tags: parseTags(typed) });
    expect(note.error).toBeUndefined();
  });
});
