import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A place in the sources: a path as people know it, and a line from 1. */
export interface SourcePlace {
  file: string;
  line: number;
}

/** Written beside a bundle by the build: from which generated line (from 0) on which source, from which line (from 0). */
interface LineTable {
  sources: readonly string[];
  /** Three numbers a run: generated line, index of the source, its line. */
  runs: readonly number[];
}

/**
 * Where the code of a running program was written. A bundle's source map takes 100 MB and half a second to read, a table
 * of its lines next to nothing. Code that runs as it was written is where it says.
 */
export class SourceLines {
  readonly #tables = new Map<string, LineTable | undefined>();

  /** @param url as V8 tells it: `file:///…`, `node:fs`, or empty @param line generated, from 0 */
  find(url: string, line: number): SourcePlace {
    if (!url.startsWith('file://')) return { file: url, line: line + 1 };
    const file = fileURLToPath(url);
    const table = this.#tableOf(file);
    const place = table && lookUp(table, line);
    return place ?? { file: nameOf(file), line: line + 1 };
  }

  #tableOf(file: string): LineTable | undefined {
    if (!this.#tables.has(file)) this.#tables.set(file, readTable(file));
    return this.#tables.get(file);
  }
}

function readTable(file: string): LineTable | undefined {
  if (!file.endsWith('.js')) return undefined;
  try {
    return JSON.parse(readFileSync(file.replace(/\.js$/, '.lines.json'), 'utf8')) as LineTable;
  } catch {
    return undefined; // no bundle of ours
  }
}

function lookUp({ sources, runs }: LineTable, line: number): SourcePlace | undefined {
  let low = 0;
  let high = runs.length / 3;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle * 3] ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  const [start, source, first] = runs.slice((low - 1) * 3, low * 3);
  const name = sources[source ?? -1];
  if (start === undefined || first === undefined || name === undefined) return undefined;
  return { file: nameOf(name), line: first + line - start + 1 };
}

/** `packages/graph/src/store/graph.store.ts`, `src/app.ts` of the service itself; others from the last node_modules. */
function nameOf(path: string): string {
  const packaged = path.lastIndexOf('node_modules/');
  if (packaged >= 0) return path.slice(packaged);
  const ours = /(?:^|\/)((?:packages|services|apps)\/[^/]+\/src\/.*)$/.exec(path);
  return ours?.[1] ?? path.replace(/^(?:\.\.\/)+/, '');
}
