const PARTS: Readonly<Record<string, string>> = {
  a: 'adjective',
  'a-f': 'adjective, feminine',
  'a-m': 'adjective, masculine',
  adv: 'adverb',
  conj: 'conjunction',
  d: 'adverb',
  dp: 'demonstrative pronoun',
  i: 'interrogative',
  inj: 'interjection',
  m: 'masculine',
  'm-pr-f': 'proper name of a woman',
  n: 'noun',
  'n-f': 'noun, feminine',
  'n-m': 'noun, masculine',
  'n-m-loc': 'noun, masculine, of a place',
  'n-pr': 'proper name',
  'n-pr-f': 'proper name of a woman',
  'n-pr-loc': 'proper name of a place',
  'n-pr-m': 'proper name of a man',
  np: 'negative particle',
  p: 'pronoun',
  prep: 'preposition',
  pron: 'pronoun',
  prt: 'particle',
  r: 'relative',
  v: 'verb',
};

/** Strong's code in words, e.g. `n-pr-m n-pr-loc` → "proper name of a man; proper name of a place". */
export function describeSpeech(code: string | undefined): string | undefined {
  const parts = code?.split(' ').flatMap((part) => PARTS[part] ?? []);
  return parts?.length ? [...new Set(parts)].join('; ') : undefined;
}
