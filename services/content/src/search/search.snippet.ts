import type { MatchKind, SearchHit } from '@gospelib/contracts';
import { type SearchIndex, stemNumber } from './search.index.ts';
import type { SearchQuery } from './search.query.ts';
import { type Token, tokenize } from './search.text.ts';

type Snippet = SearchHit['snippet'];
interface Stretch {
  start: number;
  end: number;
}

/** A verse up to this length is shown whole, in characters. */
const WHOLE = 280;
const LENGTH = 240;
/** Characters that are shown before the first highlight of a cut verse. */
const LEAD = 50;
/** A word in more than this share of the verses is highlighted only as part of a phrase. */
const COMMON_SHARE = 0.1;

/** Makes the function that cuts a verse into highlighted and other pieces, around its best match. */
export function createSnippets(
  index: SearchIndex,
  query: SearchQuery,
): (text: string, kind: MatchKind) => Snippet {
  const common = (word: string) => {
    const term = index.terms.get(word);
    if (term === undefined) return false;
    const holding = (index.postingStarts[term + 1] ?? 0) - (index.postingStarts[term] ?? 0);
    return holding > index.documents * COMMON_SHARE;
  };
  const loose = query.words.filter((word) => !common(word));
  const words = new Set(loose.length > 0 ? loose : query.words);
  const stems = new Set([...words].map((word) => stemNumber(index, word)));
  const beginnings = (query.choices ?? [])
    .flat()
    .flatMap(({ text, beginning }) => (beginning ? [text] : []));
  const matches = (token: Token, kind: MatchKind) =>
    words.has(token.term) ||
    beginnings.some((beginning) => token.term.startsWith(beginning)) ||
    (kind === 'stem' && stems.has(stemNumber(index, token.term)));

  return (text, kind) => {
    const tokens = tokenize(text, index.compounds);
    const phrases = kind === 'phrase' ? [query.words] : query.phrases;
    const marked = tokens.map((token) => kind !== 'phrase' && matches(token, kind));
    for (const phrase of phrases) markPhrase(tokens, phrase, marked);
    const marks = joinMarks(tokens, marked);
    return cut(text, marks, window(text, marks));
  };
}

function markPhrase(tokens: readonly Token[], phrase: readonly string[], marked: boolean[]): void {
  for (let at = 0; at + phrase.length <= tokens.length; at += 1) {
    if (phrase.every((word, offset) => tokens[at + offset]?.term === word)) {
      marked.fill(true, at, at + phrase.length);
    }
  }
}

/** Adjacent highlighted words become one highlight. */
function joinMarks(tokens: readonly Token[], marked: readonly boolean[]): Stretch[] {
  const marks: Stretch[] = [];
  tokens.forEach((token, at) => {
    if (!marked[at]) return;
    const last = marks.at(-1);
    if (last && marked[at - 1]) last.end = token.end;
    else marks.push({ start: token.start, end: token.end });
  });
  return marks;
}

function window(text: string, marks: readonly Stretch[]): Stretch {
  if (text.length <= WHOLE) return { start: 0, end: text.length };
  const held = (first: Stretch) =>
    marks.filter((mark) => mark.start >= first.start && mark.end <= first.start + LENGTH - LEAD)
      .length;
  const best = marks.reduce<Stretch | undefined>(
    (most, mark) => (most === undefined || held(mark) > held(most) ? mark : most),
    undefined,
  );
  const lead = Math.max(0, (best?.start ?? 0) - LEAD);
  const start = lead === 0 ? 0 : text.indexOf(' ', lead) + 1;
  if (start + LENGTH >= text.length) return { start, end: text.length };
  const end = Math.max(text.lastIndexOf(' ', start + LENGTH), best?.end ?? 0);
  return { start, end };
}

function cut(text: string, marks: readonly Stretch[], { start, end }: Stretch): Snippet {
  const pieces: Snippet = [];
  const add = (from: number, to: number, hit: boolean) => {
    if (to > from) pieces.push({ text: text.slice(from, to), hit });
  };
  if (start > 0) pieces.push({ text: '… ', hit: false });
  let at = start;
  for (const mark of marks) {
    if (mark.end <= start || mark.start >= end) continue;
    add(at, Math.max(mark.start, start), false);
    add(Math.max(mark.start, at), Math.min(mark.end, end), true);
    at = Math.min(mark.end, end);
  }
  add(at, end, false);
  if (end < text.length) pieces.push({ text: ' …', hit: false });
  return pieces;
}
