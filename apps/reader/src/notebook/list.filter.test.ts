import type { Highlight, Note } from '@gospelib/contracts';
import { expect, it } from 'vitest';
import { matches } from './list.filter.ts';

const stored = { id: 'x', version: 1, createdAt: '', updatedAt: '' };
const highlight: Highlight = { ...stored, passage: 'alma.32.21', color: 'green', tags: ['faith'] };
const free: Note = { ...stored, body: 'x', tags: [], mentions: [] };

it.each([
  [highlight, {}, true],
  [highlight, { tag: 'faith', book: 'alma', color: 'green' }, true],
  [highlight, { tag: 'hope' }, false],
  [highlight, { book: 'al' }, false],
  [highlight, { color: 'red' }, false],
  [free, {}, true],
  [free, { book: 'alma' }, false],
  [free, { color: 'red' }, false],
])('%#', (item, filter, expected) => expect(matches(item, filter)).toBe(expected));
