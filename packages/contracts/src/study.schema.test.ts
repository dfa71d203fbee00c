import { describe, expect, it } from 'vitest';
import {
  collectionInput,
  exportLine,
  highlightInput,
  noteInput,
  studyId,
  studyLimits,
  studyPassage,
} from './index.ts';

const note = (over: object) => noteInput.safeParse({ body: 'Faith', ...over }).success;

describe('study ids', () => {
  it.each([
    ['0199e6b4-7c00-7abc-8def-0123456789ab', true],
    ['0199E6B4-7C00-7ABC-8DEF-0123456789AB', false],
    ['0199e6b4-7c00-4abc-8def-0123456789ab', false],
    ['0199e6b4-7c00-7abc-cdef-0123456789ab', false],
    ["0199e6b4-7c00-7abc-8def-0123456789ab'", false],
  ])('%s: %s', (id, valid) => expect(studyId.safeParse(id).success).toBe(valid));

  it.each([
    ['alma', true],
    ['alma.32', true],
    ['alma.32.21-23', true],
    ['matt.5.48..matt.6.1', true],
    ['alma.32.21.4', false],
    ['Alma 32', false],
    ['', false],
  ])('passage %j: %s', (id, valid) => expect(studyPassage.safeParse(id).success).toBe(valid));
});

describe('notes', () => {
  it.each([
    ['plain', { body: 'Faith' }, true],
    ['lines, tabs, emoji', { body: 'a\r\n\tb 🌱' }, true],
    ['nothing', { body: '' }, false],
    ['only spaces', { body: ' \n ' }, false],
    ['NUL', { body: 'a\0b' }, false],
    ['escape', { body: 'a\u001bb' }, false],
    ['half a surrogate', { body: 'a\ud800' }, false],
    ['64 KiB', { body: 'a'.repeat(studyLimits.noteBytes) }, true],
    ['one byte more', { body: 'a'.repeat(studyLimits.noteBytes + 1) }, false],
    ['more bytes than characters', { body: '€'.repeat(studyLimits.noteBytes / 2) }, false],
    ['an unknown field', { user: 'b' }, false],
    ['words that end before they start', { words: { start: 3, end: 3 } }, false],
    ['50 tags', { tags: Array.from({ length: 50 }, (_, n) => `t${n}`) }, true],
    ['51 tags', { tags: Array.from({ length: 51 }, (_, n) => `t${n}`) }, false],
    ['a tag twice', { tags: ['Faith', 'faith'] }, false],
    ['a tag twice in two normal forms', { tags: ['é', 'e\u0301'] }, false],
    ['an empty tag', { tags: [''] }, false],
    ['a tag of spaces', { tags: [' '] }, false],
    ['a tag with a line end', { tags: ['a\nb'] }, false],
    ['a tag of 41 characters', { tags: ['a'.repeat(41)] }, false],
  ])('%s', (_name, over, valid) => expect(note(over)).toBe(valid));

  it('has no tags when none are given', () => {
    expect(noteInput.parse({ body: 'x' })).toEqual({ body: 'x', tags: [] });
  });
});

it.each([
  ['a verse', { passage: 'alma.32.21', color: 'yellow' }, true],
  ['a range', { passage: 'alma.32.21-23', color: 'yellow' }, false],
  ['a colour there is not', { passage: 'alma.32.21', color: 'mauve' }, false],
])('highlight of %s', (_name, input, valid) => {
  expect(highlightInput.safeParse(input).success).toBe(valid);
});

it('bounds the items of a collection', () => {
  const items = Array.from({ length: 501 }, () => ({ passage: 'alma.32.21' }));
  expect(collectionInput.safeParse({ title: 'Faith', items }).success).toBe(false);
  expect(collectionInput.safeParse({ title: 'Faith', items: items.slice(1) }).success).toBe(true);
});

it('an export line says when its thing was made', () => {
  const line = {
    type: 'note',
    id: '0199e6b4-7c00-7abc-8def-0123456789ab',
    version: 3,
    createdAt: '2025-01-01T00:00:00.000Z',
    updatedAt: '2025-01-02T00:00:00.000Z',
    body: 'Faith',
    tags: [],
  };
  expect(exportLine.safeParse(line).success).toBe(true);
  expect(exportLine.safeParse({ ...line, createdAt: undefined }).success).toBe(false);
});
