export type Encoding = 'br' | 'gzip' | 'identity';

/**
 * Cache of parsed headers: browsers send only a few different ones, and the limit stops hostile ones from filling
 * memory.
 */
const known = new Map<string, Encoding>();
const mostKnown = 256;

/** The best of br, gzip and identity that an Accept-Encoding header allows (RFC 9110 §12.5.3). */
export function chooseEncoding(header: string | undefined): Encoding {
  if (header === undefined) return 'identity';
  const hit = known.get(header);
  if (hit !== undefined) return hit;
  const chosen = parse(header);
  if (known.size < mostKnown) known.set(header, chosen);
  return chosen;
}

function parse(header: string): Encoding {
  const weights = new Map<string, number>();
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    const quality = parameters.find((p) => p.startsWith('q='))?.slice(2);
    const weight = quality === undefined ? 1 : Number(quality);
    weights.set(name, Number.isFinite(weight) ? weight : 0);
  }
  const weightOf = (name: string): number => weights.get(name) ?? weights.get('*') ?? 0;
  const br = weightOf('br');
  const gzip = weightOf('gzip');
  if (br > 0 && br >= gzip) return 'br';
  return gzip > 0 ? 'gzip' : 'identity';
}
