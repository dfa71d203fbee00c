import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';

const require = createRequire(import.meta.url);
const flat = z.object({ verses: z.array(z.object({ reference: z.string(), text: z.string() })) });
const books = z.object({
  books: z.array(
    z.object({
      book: z.string(),
      full_title: z.string(),
      lds_slug: z.string(),
      chapters: z.array(
        z.object({
          chapter: z.int(),
          note: z.string().optional(),
          heading: z.string().optional(),
          verses: z.array(z.object({ verse: z.int(), text: z.string() })),
        }),
      ),
    }),
  ),
});

export type SourceBook = z.output<typeof books>['books'][number];

const VOLUMES = [
  'old-testament',
  'new-testament',
  'book-of-mormon',
  'doctrine-and-covenants',
  'pearl-of-great-price',
];

/** All 41,995 verses in canonical order, from the package that the ingest reads as well. */
export function readAllVerses(): { reference: string; text: string }[] {
  return VOLUMES.flatMap((name) => flat.parse(read(`flat/${name}-flat.json`)).verses);
}

/** Whole books of a volume that has books. */
export function readBooks(volume: string, slugs: readonly string[]): SourceBook[] {
  return books.parse(read(`${volume}.json`)).books.filter((book) => slugs.includes(book.lds_slug));
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(require.resolve(`@bencrowder/scriptures-json/${file}`), 'utf8'));
}
