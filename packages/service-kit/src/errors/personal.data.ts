/** What messages of errors may quote, from the most telling to the least. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi, '[address]'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[email]'],
  [/\beyJ[\w-]+(?:\.[\w-]+){1,2}/g, '[token]'],
  // PostgreSQL names the row: Key (email)=(somebody@example.org) already exists.
  [/=\((?:[^()]|\([^()]*\))*\)/g, '=([hidden])'],
  [/\/shared\/[^\s/?"']+/g, '/shared/[hidden]'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '[address]'],
  [/\b(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}\b/gi, '[address]'],
  [/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '[id]'],
  [/(["'`«“]).*?(["'`»”])/gs, '$1[hidden]$2'],
  [/\b(?=\w*\d)[\w-]{24,}\b/g, '[token]'],
];

const longest = 500;

/** A message without what it may tell of somebody: addresses, ids, tokens, and everything that it quotes. */
export function withoutPersonalData(text: string): string {
  return patterns
    .reduce((left, [pattern, instead]) => left.replace(pattern, instead), text)
    .slice(0, longest);
}
