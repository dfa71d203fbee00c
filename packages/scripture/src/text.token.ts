/** A piece of typed text. */
export interface Token {
  readonly kind: 'number' | 'word' | 'mark' | 'other';
  /** Digits; lower-case letters without accents; one of `: , ; - .. . & /`; or any other character typed. */
  readonly text: string;
  /** Offset in the typed text, UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** Nothing is between it and the previous token. */
  readonly glued: boolean;
}

type Kind = Token['kind'] | 'gap' | 'ignored';

/** Longer text (UTF-16 units) is refused without parsing. */
export const MAX_QUERY_LENGTH = 200;
/** Longer runs of digits could not be repeated as they were typed. */
const MAX_DIGITS = 15;

const marks: Readonly<Record<string, string>> = {
  ':': ':',
  '\u2236': ':', // ratio
  ',': ',',
  '\u3001': ',', // ideographic comma
  ';': ';',
  '.': '.',
  '\u3002': '.', // ideographic full stop
  '&': '&',
  // What people write between references that belong together.
  '/': '/',
  '|': '/',
  '+': '/',
  '=': '/',
  '•': '/',
  '·': '/',
  '\u2212': '-', // minus
};

/**
 * Splits text into numbers, words and marks in a single pass. Spaces, brackets, quotation marks and the marks of a sentence or of Markdown separate;
 * accents, apostrophes and invisible characters are removed; compatibility forms (full-width, Ⅱ) become plain ones.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let run: { kind: Kind; text: string; start: number; end: number; glued: boolean } | undefined;
  let glued = false;
  let at = 0;

  const close = (): void => {
    if (!run) return;
    const { kind, ...rest } = run;
    if (kind === 'number' && rest.text.length > MAX_DIGITS) tokens.push({ kind: 'other', ...rest });
    else if (kind === 'number' || kind === 'word' || kind === 'mark' || kind === 'other')
      tokens.push({ kind, ...rest });
    run = undefined;
  };

  for (const symbol of text) {
    const start = at;
    at += symbol.length;
    for (const character of symbol.normalize('NFKD').toLowerCase()) {
      const [kind, plain] = classify(character);
      if (kind === 'ignored') continue;
      if (run && run.kind === kind && continues(run.text, plain, kind)) {
        run.text = joined(run.text, plain);
        run.end = at;
        continue;
      }
      close();
      if (kind === 'gap') glued = false;
      else {
        run = { kind, text: plain, start, end: at, glued };
        glued = true;
      }
    }
  }
  close();
  return tokens;
}

function classify(character: string): readonly [Kind, string] {
  if (character >= '0' && character <= '9') return ['number', character];
  if (character >= 'a' && character <= 'z') return ['word', character];
  const mark = marks[character];
  if (mark) return ['mark', mark];
  if (character === '§') return ['word', 'section'];
  if (/[\p{M}\p{Cf}'’‘`]/u.test(character)) return ['ignored', ''];
  if (/\p{L}/u.test(character)) return ['word', character];
  if (/\p{Pd}/u.test(character)) return ['mark', '-'];
  if (/[\s\p{Ps}\p{Pe}\p{Pi}\p{Pf}"?!*#<>]/u.test(character)) return ['gap', ''];
  return ['other', character];
}

/** Letters, digits and unknown characters extend a token; of the marks only dots and dashes ("--") do. */
function continues(before: string, next: string, kind: Kind): boolean {
  if (kind !== 'mark') return true;
  return (next === '.' && before.startsWith('.')) || (next === '-' && before === '-');
}

function joined(before: string, next: string): string {
  if (next === '.' && before.startsWith('.')) return '..';
  return before === '-' ? before : before + next;
}
