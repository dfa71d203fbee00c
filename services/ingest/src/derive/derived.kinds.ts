/** What GospeLib computes instead of taking it from a source, and how. It is part of the manifest. */
export const derivedKinds: readonly { kind: string; method: string }[] = [
  {
    kind: 'cross-reference ranking',
    method:
      'The source has no votes. References that go both ways come first, then those whose verses share most neighbours, then canonical order.',
  },
  {
    kind: 'quotation',
    method:
      'A verse after the Bible and a verse of the Bible that share runs of five words: Jaccard similarity of at least 0.3, or at least 6 runs that are half of the shorter verse.',
  },
  {
    kind: 'name',
    method:
      "Words that Strong's dictionary calls proper names, in the verses of the Hebrew Bible that have them. Names, not individuals.",
  },
];
