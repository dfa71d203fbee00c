import type { VolumeId } from '@gospelib/contracts';
import {
  activateBuilt,
  createIndexes,
  type EdgeTable,
  type GraphContent,
  type GraphStore,
  keys,
  loadGraph,
  lockIngest,
  manifestTexts,
  type NodeRow,
  type NodeTable,
  writeManifest,
} from '@gospelib/graph';
import { getBook } from '@gospelib/scripture';
import { smallEdges } from './small.edges.ts';
import { type Edition, smallManifest } from './small.manifest.ts';
import { commentaries, names, topics, words } from './small.nodes.ts';
import { readBooks, type SourceBook } from './standard-works.ts';

/** Thirteen whole books of four volumes, with real words, names and references for some of their verses. */
const VOLUMES: readonly (readonly [VolumeId, string, string, readonly string[]])[] = [
  ['ot', 'Old Testament', 'old-testament', ['gen', 'ps', 'isa']],
  ['nt', 'New Testament', 'new-testament', ['john', 'rom', '1-jn', 'jude']],
  ['bofm', 'Book of Mormon', 'book-of-mormon', ['2-ne', 'enos', 'mosiah', 'alma']],
  ['pgp', 'Pearl of Great Price', 'pearl-of-great-price', ['moses', 'a-of-f']],
];

/** Two of them, for tests that load them over and over. */
export const FEW_BOOKS: readonly string[] = ['jude', 'moses'];

/** Loads the small corpus, or some of its books, under a version and makes it the active one, as the ingest would. */
export async function activateSmallCorpus(
  store: GraphStore,
  version: string,
  edition: Edition = 'full',
  books?: readonly string[],
): Promise<void> {
  const lock = await lockIngest(store);
  const key = keys.building(version, lock.run);
  const content = smallContent(edition, books);
  const copy = keys.buildingReplica(version, lock.run);
  const { checksums, fingerprints } = await loadGraph(store, key, content, { copy });
  for (const each of [key, copy]) await createIndexes(store, each);
  const texts = manifestTexts(smallManifest(version, edition), checksums, fingerprints);
  await writeManifest(store, copy, texts);
  await activateBuilt(store, version, await writeManifest(store, key, texts), lock);
  await lock.release();
}

const made = new Map<string, GraphContent>();

/** Made once: reading the books takes longer than loading them. */
function smallContent(edition: Edition, some?: readonly string[]): GraphContent {
  const name = [edition, ...(some ?? [])].join(' ');
  const known = made.get(name);
  if (known !== undefined) return known;
  const nodes = smallNodes(edition, some);
  const edges = placed(nodes, edition, some === undefined);
  const content = { nodes, edges: edges.map(withBothEnds) };
  made.set(name, content);
  return content;
}

/** What leads from or to a book that is not there is left out. */
function withBothEnds(table: EdgeTable): EdgeTable {
  const rows = [...table.rows].filter(({ from, to }) => from >= 0 && to >= 0);
  return { ...table, rows } as EdgeTable;
}

function smallNodes(edition: Edition, some?: readonly string[]): NodeTable[] {
  const volumes = VOLUMES.map(([id, name], order) => ({ id, name, order }));
  const books = VOLUMES.flatMap(([volume, , file, slugs]) =>
    readBooks(
      file,
      slugs.filter((slug) => some?.includes(slug) ?? true),
    ).map((book) => ({
      volume,
      book,
    })),
  );
  const full = edition === 'full';
  return [
    { label: 'Volume', rows: volumes },
    { label: 'Book', rows: books.map(({ volume, book }) => bookRow(volume, book)) },
    { label: 'Chapter', rows: books.flatMap(({ book }) => chapterRows(book)) },
    { label: 'Passage', rows: books.flatMap(({ book }) => passageRows(book)) },
    { label: 'Word', rows: full ? words : words.map(withoutTags) },
    { label: 'Name', rows: names },
    { label: 'Topic', rows: full ? topics : [] },
    { label: 'Commentary', rows: full ? commentaries : [] },
  ];
}

/** The default edition has no tags of the New Testament. */
function withoutTags(word: NodeRow<'Word'>): NodeRow<'Word'> {
  return word.language === 'greek' ? { ...word, verses: 0, forms: '[]' } : word;
}

function bookRow(volume: string, { lds_slug: id, full_title: fullTitle }: SourceBook) {
  const { name, order, chapters, verses } = getBook(id);
  const total = verses.reduce((sum, count) => sum + count, 0);
  return { id, name, fullTitle, volume, order, chapters, verses: total };
}

function chapterRows({ lds_slug: book, chapters }: SourceBook): NodeRow<'Chapter'>[] {
  return chapters.map(({ chapter: number, note: title, heading, verses }) => ({
    id: `${book}.${number}`,
    book,
    number,
    order: getBook(book).firstChapter + number - 1,
    verses: verses.length,
    heading,
    title,
  }));
}

function passageRows({ lds_slug: book, chapters }: SourceBook): NodeRow<'Passage'>[] {
  let order = getBook(book).order * 3000;
  return chapters.flatMap(({ chapter, verses }) =>
    verses.map(({ verse, text }) => ({
      ...{ id: `${book}.${chapter}.${verse}`, book, chapter, verse, text },
      ...{ order: order++, paragraph: verse === 1, connections: verse % 3 },
    })),
  );
}

/** Edges of the small corpus, with places of nodes as the loader wants them; without all books some lead nowhere, to -1. */
function placed(nodes: readonly NodeTable[], edition: Edition, isWhole: boolean): EdgeTable[] {
  const places = new Map<string, number>();
  for (const { label, rows } of nodes) {
    for (const { id } of rows) places.set(`${label} ${id}`, places.size);
  }
  const placeOf = (label: string, id: string): number => {
    const place = places.get(`${label} ${id}`);
    if (place !== undefined) return place;
    if (isWhole) throw new RangeError(`The small corpus has no ${label} ${id}.`);
    return -1;
  };
  const passages = nodes.find((table) => table.label === 'Passage');
  return smallEdges(
    [...(passages?.rows ?? [])].map(({ id }) => id),
    edition,
    placeOf,
  );
}
