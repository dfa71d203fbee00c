import { type Token, tokenize } from './text.token.ts';

export type NumberedUnit = 'chapter' | 'verse' | 'section';

const units = new Map<string, NumberedUnit>([
  ...list('chapter', 'chapter chapters chap chaps chapt ch chs'),
  ...list('verse', 'verse verses vers ver v vv vs vss'),
  ...list('section', 'section sections sec secs sect'),
]);

function list(unit: NumberedUnit, words: string): (readonly [string, NumberedUnit])[] {
  return words.split(' ').map((word) => [word, unit] as const);
}

/** A position in the tokens of a text; it only moves forward, or back to an earlier position. */
export class Cursor {
  readonly text: string;
  readonly tokens: readonly Token[];
  at = 0;

  constructor(text: string) {
    this.text = text;
    this.tokens = tokenize(text);
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead];
  }

  isMark(marks: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token?.kind === 'mark' && marks.split(' ').includes(token.text);
  }

  isNumber(ahead = 0): boolean {
    return this.peek(ahead)?.kind === 'number';
  }

  isWord(words: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token?.kind === 'word' && words.split(' ').includes(token.text);
  }

  /** Skips any of these marks. */
  skip(marks: string): void {
    while (this.isMark(marks)) this.at += 1;
  }

  /** The unit that a word announces: "chapter", "v.", "sect". */
  unit(ahead = 0): NumberedUnit | undefined {
    const token = this.peek(ahead);
    return token?.kind === 'word' ? units.get(token.text) : undefined;
  }

  /** Whether an opening bracket separates this number from what is before. */
  isBracketed(): boolean {
    const token = this.peek();
    if (token?.kind !== 'number' || token.glued) return false;
    return /[([]/.test(this.text.slice(this.tokens[this.at - 1]?.end ?? 0, token.start));
  }

  /** The text as typed between two tokens, without the second one. */
  typed(from: number, to: number): string {
    const start = this.tokens[from]?.start ?? 0;
    return this.text.slice(start, this.tokens[to - 1]?.end ?? start);
  }
}
