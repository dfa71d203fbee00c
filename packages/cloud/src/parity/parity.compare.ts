import type { Facts } from '@gospelib/workspace';

export interface Difference {
  path: string;
  staging: string;
  production: string;
}

/** Differences that are meant, by their exact paths, with one reason. */
export interface AllowedDifference {
  paths: readonly string[];
  staging: string;
  production: string;
  why: string;
}

export interface ParityReport {
  /** How many facts were compared: of none, nothing would be shown. */
  compared: number;
  allowed: readonly (Difference & { why: string })[];
  /** Differences that nobody meant. */
  unlisted: readonly Difference[];
  /** What the list has and is not there (any more), or with other values. */
  stale: readonly Difference[];
}

const ABSENT = 'absent';
const THERE = 'there';

/** Two environments, fact by fact; what one does not have at all counts once, by the shortest path that it lacks. */
function compareFacts(staging: Facts, production: Facts): readonly Difference[] {
  const [inStaging, inProduction] = [prefixesOf(staging), prefixesOf(production)];
  const paths = [...new Set([...staging.keys(), ...production.keys()])].sort();
  const found = paths
    .filter((path) => staging.get(path) !== production.get(path))
    .map((path) => {
      const [s, p] = [staging.get(path), production.get(path)];
      if (s !== undefined && p !== undefined) return { path, staging: s, production: p };
      const lacking = s === undefined ? inStaging : inProduction;
      const whole = prefixes(path).find((prefix) => !lacking.has(prefix)) ?? path;
      const there = whole === path ? (s ?? p ?? '') : THERE;
      return s === undefined
        ? { path: whole, staging: ABSENT, production: there }
        : { path: whole, staging: there, production: ABSENT };
    });
  return [...new Map(found.map((one) => [one.path, one])).values()];
}

/** @param allowed exact paths with both values: another value is another difference */
export function judgeParity(
  staging: Facts,
  production: Facts,
  allowed: readonly AllowedDifference[],
): ParityReport {
  const differences = compareFacts(staging, production);
  const key = ({ path, staging: s, production: p }: Difference) => JSON.stringify([path, s, p]);
  const listed = allowed.flatMap(({ paths, ...both }) => paths.map((path) => ({ path, ...both })));
  const [found, meant] = [new Set(differences.map(key)), new Set(listed.map(key))];
  return {
    compared: new Set([...staging.keys(), ...production.keys()]).size,
    allowed: listed.filter((entry) => found.has(key(entry))),
    unlisted: differences.filter((one) => !meant.has(key(one))),
    stale: listed.filter((entry) => !found.has(key(entry))),
  };
}

/** `a b.c[d].e` → `a`, `a b`, `a b.c`, `a b.c[d]`, all of it. */
function prefixes(path: string): readonly string[] {
  return [...path.matchAll(/(?=[ .[])|$/g)].map(({ index }) => path.slice(0, index));
}

function prefixesOf(facts: Facts): ReadonlySet<string> {
  return new Set([...facts.keys()].flatMap(prefixes));
}
