import { expect, it } from 'vitest';
import { swipeOf } from './use.swipe.ts';

const from = { x: 200, y: 300, at: 0 };

it.each([
  ['to the left', { x: 100, y: 310, at: 200 }, 'left'],
  ['to the right', { x: 300, y: 290, at: 200 }, 'right'],
  ['too short', { x: 150, y: 300, at: 100 }, undefined],
  ['down the page', { x: 120, y: 400, at: 200 }, undefined],
  ['too slow', { x: 50, y: 300, at: 700 }, undefined],
])('%s', (_name, to, way) => expect(swipeOf(from, to)).toBe(way));
