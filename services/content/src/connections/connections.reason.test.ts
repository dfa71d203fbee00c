import { describe, expect, it } from 'vitest';
import { crossReferenceReason, quotationReason, wordReason } from './connections.reason.ts';

describe('a reason', () => {
  it.each([
    [crossReferenceReason('both', 0), 'Each verse refers to the other.'],
    [
      crossReferenceReason('to', 1),
      'A cross-reference given at this verse; one further verse is connected to both.',
    ],
    [
      crossReferenceReason('from', 7),
      'That verse refers to this one; 7 further verses are connected to both.',
    ],
    [
      quotationReason(true, 30, 0.861),
      'This verse repeats 30 runs of five words from it; 86 % of their wording is the same.',
    ],
    [
      quotationReason(false, 1, 0.3),
      'It repeats one run of five words from this verse; 30 % of their wording is the same.',
    ],
    [wordReason(['ברא'], 'hebrew-text'), 'Stands in the Hebrew of this verse as ברא.'],
    [wordReason([], 'hebrew-text', 'Genesis 1:1'), 'Stands in the Hebrew of Genesis 1:1.'],
    [
      wordReason(['loved', 'love'], 'kjv-tag'),
      "The King James Version's Strong's tags give this word for “loved”, “love” in this verse.",
    ],
    [
      wordReason([], 'kjv-tag', 'John 3:16'),
      "The King James Version's Strong's tags give this word for John 3:16.",
    ],
  ])('%s', (reason, expected) => {
    expect(reason).toBe(expected);
  });
});
