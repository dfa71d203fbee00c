import { expect, it } from 'vitest';
import { nameOfCount, wordsOf } from './count.name.ts';

it.each([
  ['CROSS_REF', 'Cross-references'],
  ['Book', 'Books'],
  ['SOME_NEW', 'Some news'],
  ['constructor', 'Constructors'],
])('%s is %s', (kind, name) => expect(nameOfCount(kind)).toBe(name));

it('reads names', () => expect(wordsOf('cross-reference ranking')).toBe('Cross-reference ranking'));
