import { expect, it } from 'vitest';
import { splitLong } from './long.text.ts';

it('shows a short text whole', () => {
  const { paragraphs, beginning } = splitLong('One.\n\n Two.\n');
  expect(paragraphs).toEqual(['One.', 'Two.']);
  expect(beginning).toBe(paragraphs);
});

it('stops at a paragraph', () => {
  const long = 'x'.repeat(500);
  expect(splitLong(`${long}\n\n${long}`).beginning).toEqual([long]);
});

it('cuts a long paragraph after a sentence', () => {
  const long = `${'One sentence. '.repeat(100)}`;
  const { beginning } = splitLong(`Now the Lord\n${long}`);
  expect(beginning).toHaveLength(2);
  expect(beginning[1]).toMatch(/sentence\. …$/);
  expect(beginning[1]?.length).toBeLessThan(510);
});

it('always shows something', () => {
  expect(splitLong('x'.repeat(5000)).beginning[0]).toMatch(/^x/);
  expect(splitLong('').beginning).toEqual([]);
});
