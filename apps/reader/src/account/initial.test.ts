import { expect, it } from 'vitest';
import { initialOf } from './initial.ts';

it.each([
  ['ruth', 'R'],
  [' Élie ', 'É'],
  ['E\u0301lie', 'É'],
  ['אסתר', 'א'],
  ['🌾 Naomi', '🌾'],
  ['', '·'],
])('%j is shown as %s', (name, initial) => expect(initialOf(name)).toBe(initial));
