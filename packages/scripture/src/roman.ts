const digits: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };
const CANONICAL = /^c?(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/;

/** The number that a Roman numeral writes, as old books number chapters: "cxix" is 119. From 1 to 199, lower case. */
export function romanNumber(word: string): number | undefined {
  // Most words end here, sooner than the expression tells.
  if (digits[word[0] ?? ''] === undefined || !CANONICAL.test(word)) return undefined;
  let sum = 0;
  for (let at = 0; at < word.length; at += 1) {
    const own = digits[word[at] ?? ''] ?? 0;
    sum += own < (digits[word[at + 1] ?? ''] ?? 0) ? -own : own;
  }
  return sum;
}
