import { describe, expect, it } from 'vitest';
import { curlQuotes, detachInitial, splitDivine } from './scripture.text.ts';

describe('splitDivine', () => {
  const divine = (text: string) =>
    splitDivine(text)
      .filter((run) => run.divine)
      .map((run) => run.text);

  it.each([
    ['LORD, how are they increased that trouble me!', ['LORD']],
    ["I am the LORD's, saith the Lord GOD.", ['LORD', 'GOD']],
    ['I AM THAT I AM', ['AM', 'THAT', 'AM']],
    ['I, Nephi, having been born of goodly parents', []],
    ['O Lord God', []],
    ['', []],
  ])('%s', (text, expected) => {
    expect(divine(text)).toEqual(expected);
    expect(
      splitDivine(text)
        .map((run) => run.text)
        .join(''),
    ).toBe(text);
  });
});

describe('curlQuotes', () => {
  it.each([
    ["the LORD's hand", 'the LORD’s hand'],
    ["my brethren's sakes'", 'my brethren’s sakes’'],
    ['he said, "Go to;" and', 'he said, “Go to;” and'],
    ["—'I am'—", '—‘I am’—'],
    ['"\'Lo\'"', '“‘Lo’”'],
  ])('%s', (straight, curly) => expect(curlQuotes(straight)).toBe(curly));
});

it('keeps a large initial clear of what follows it', () => {
  expect(detachInitial('I, Nephi')).toBe('I\u2060, Nephi');
  expect(detachInitial('In the beginning')).toBe('In the beginning');
});
