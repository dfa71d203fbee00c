import { books } from '@gospelib/scripture';
import { SourceError } from '../source.error.ts';
import { inflate, type SwordModule, slice } from './module.files.ts';

/** The entry of a module for one verse of the Bible. */
export interface ModuleEntry {
  /** Verse 0 is about the chapter, chapter 0 about the book. */
  book: string;
  chapter: number;
  verse: number;
  text: string;
  /** Entries that share their text with the one before have the same number. */
  source: number;
}

const BLOCK_ENTRY = 12;
// Verse entries have 16 bits for the size, or 32 in the "4" drivers.
const NARROW = 10;
const WIDE = 12;

/**
 * Reads a text or commentary in SWORD's compressed format (zText, zCom and their "4" variants): per testament an index
 * of verses (block, offset, size), an index of zlib blocks (offset, size), and the blocks. The width of an entry is
 * taken from the file itself, since a `.conf` may name the wrong driver.
 * @throws SourceError for files that are truncated or damaged
 */
export function* readVerseModule(module: SwordModule): Generator<ModuleEntry> {
  for (const testament of ['ot', 'nt'] as const) {
    const kind = ['b', 'c', 'v'].find((letter) => module.files.has(`${testament}.${letter}zv`));
    if (kind === undefined)
      throw new SourceError(module.name, undefined, `${testament} has no index.`);
    const names = {
      verses: `${testament}.${kind}zv`,
      blocks: `${testament}.${kind}zs`,
      data: `${testament}.${kind}zz`,
    };
    yield* readTestament(module, testament, names);
  }
}

function* readTestament(
  module: SwordModule,
  testament: 'ot' | 'nt',
  names: { verses: string; blocks: string; data: string },
): Generator<ModuleEntry> {
  const fileOf = (name: string): Buffer => {
    const file = module.files.get(name);
    if (!file) throw new SourceError(module.name, undefined, `${name} is not there.`);
    return file;
  };
  const verses = fileOf(names.verses);
  const blocks = fileOf(names.blocks);
  const data = fileOf(names.data);
  const places = [...listPlaces(testament)];
  const width = verses.length / places.length;
  if (width !== NARROW && width !== WIDE) {
    throw new SourceError(
      `${module.name}/${names.verses}`,
      undefined,
      `${verses.length} bytes are no index of ${places.length} entries: the file is truncated or of another versification.`,
    );
  }
  let block = -1;
  let text: Buffer = Buffer.alloc(0);
  let last: Pick<ModuleEntry, 'text' | 'source'> | undefined;
  for (const [index, place] of places.entries()) {
    const entry = verses.subarray(index * width, (index + 1) * width);
    const size = width === WIDE ? entry.readUInt32LE(8) : entry.readUInt16LE(8);
    if (size === 0 || !place) continue;
    const number = entry.readUInt32LE(0);
    if (number !== block) {
      const head = slice(module.name, names.blocks, blocks, number * BLOCK_ENTRY, BLOCK_ENTRY);
      const packed = slice(
        module.name,
        names.data,
        data,
        head.readUInt32LE(0),
        head.readUInt32LE(4),
      );
      text = inflate(module.name, names.data, number, packed);
      block = number;
    }
    const offset = entry.readUInt32LE(4);
    const source = number * 2 ** 32 + offset;
    if (last?.source !== source) {
      const raw = slice(module.name, `${names.data} block ${number}`, text, offset, size);
      last = { text: raw.toString('utf8'), source };
    }
    yield { ...place, ...last };
  }
}

/** Whether the `.conf` names another width of index entries than the data have. */
export function namesWrongDriver(module: SwordModule): boolean {
  const [name, index] = [...module.files].find(([file]) => file.endsWith('zv')) ?? [];
  const places = name?.startsWith('ot') ? [...listPlaces('ot')] : [...listPlaces('nt')];
  return (
    index !== undefined &&
    index.length === places.length * (module.driver.endsWith('4') ? NARROW : WIDE)
  );
}

/** The entries of an index: the module and the testament, then each book, its chapters and their verses. */
function* listPlaces(
  testament: 'ot' | 'nt',
): Generator<Omit<ModuleEntry, 'text' | 'source'> | undefined> {
  yield undefined;
  yield undefined;
  for (const book of books.filter(({ volume }) => volume === testament)) {
    yield { book: book.slug, chapter: 0, verse: 0 };
    for (const [index, verses] of book.verses.entries()) {
      for (let verse = 0; verse <= verses; verse++)
        yield { book: book.slug, chapter: index + 1, verse };
    }
  }
}
