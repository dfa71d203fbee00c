/** What a query parameter may be. */
export type Parameter = string | number | boolean | null | readonly Parameter[];
export type Parameters = Readonly<Record<string, Parameter>>;

const NAME = /^[a-z][a-zA-Z0-9]*$/;
// FalkorDB reads values as Cypher literals: only these characters have a meaning inside double quotes.
const SPECIAL = /["\\]/g;

/**
 * The `CYPHER name=literal …` prefix through which FalkorDB takes parameters, so that values never become part of the
 * query. A NUL would end the query early in the store and half a surrogate pair is not valid UTF-8. Both become U+FFFD,
 * which no scripture contains.
 * @throws RangeError for a name that is no identifier or a number that is not finite.
 */
export function encodeParameters(parameters: Parameters): string {
  let prefix = '';
  for (const [name, value] of Object.entries(parameters)) {
    if (!NAME.test(name)) throw new RangeError(`"${name}" is no name for a query parameter.`);
    prefix += `${name}=${encodeValue(value)} `;
  }
  return prefix === '' ? '' : `CYPHER ${prefix}`;
}

function encodeValue(value: Parameter): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return encodeString(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return encodeNumber(value);
  return `[${value.map(encodeValue).join(',')}]`;
}

function encodeString(text: string): string {
  const safe = text.toWellFormed().replaceAll('\0', '\uFFFD');
  return `"${safe.replace(SPECIAL, '\\$&')}"`;
}

function encodeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no number for a query parameter.`);
  return String(value);
}
