import { books as canon, volumes as canonVolumes, verseTotal } from '@gospelib/scripture';
import { z } from 'zod';
import type {
  BookRecord,
  ChapterRecord,
  PassageRecord,
  Scriptures,
  VolumeRecord,
} from '../corpus/corpus.records.ts';
import type { RepairList } from '../corpus/repair.list.ts';
import type { SourceTexts } from './package.files.ts';
import { repairVerse, VerseRepairs } from './scriptures.repair.ts';
import { SourceError } from './source.error.ts';
import { scripturesPin } from './source.pins.ts';
import { parseJson } from './source.text.ts';

const text = z.string().min(1);
const verse = z.strictObject({
  reference: text,
  text,
  verse: z.int().positive(),
  pilcrow: z.boolean().optional(),
  heading: text.optional(),
  subheading: text.optional(),
});
const parts = {
  reference: text,
  verses: z.array(verse).min(1),
  note: text.optional(),
  heading: text.optional(),
  signature: text.optional(),
};
const chapter = z.strictObject({ chapter: z.int().positive(), ...parts });
const section = z.strictObject({ section: z.int().positive(), ...parts });
const book = z.strictObject({
  book: text,
  lds_slug: text,
  full_title: text,
  full_subtitle: text.optional(),
  heading: text.optional(),
  note: text.optional(),
  chapters: z.array(chapter).min(1),
  facsimiles: z.array(z.looseObject({ image_url: text })).optional(),
});
/** Title pages and testimonies are not ingested, hence loose. */
const volume = z.looseObject({
  title: text,
  subtitle: text.optional(),
  books: z.array(book).min(1),
});
const doctrine = z.looseObject({
  title: text,
  subtitle: text,
  sections: z.array(section).min(1),
});

type ChapterSource = Omit<z.infer<typeof chapter>, 'chapter'> & { number: number };
type BookSource = Omit<BookRecord, 'slug' | 'volume' | 'name'> & {
  slug: string;
  chapters: ChapterSource[];
};

const FILES = [
  ['old-testament.json', 'ot'],
  ['new-testament.json', 'nt'],
  ['book-of-mormon.json', 'bofm'],
  ['doctrine-and-covenants.json', 'dc-testament'],
  ['pearl-of-great-price.json', 'pgp'],
] as const;

/** The standard works. @throws SourceError when they are not exactly the canon's books, chapters and verses. */
export function readScriptures(
  texts: SourceTexts<typeof scripturesPin>,
  repairs: RepairList,
): Scriptures {
  const scriptures = { volumes: [], books: [], chapters: [], passages: [] } as {
    volumes: VolumeRecord[];
    books: BookRecord[];
    chapters: ChapterRecord[];
    passages: PassageRecord[];
  };
  const verseRepairs = new VerseRepairs();
  let images = 0;
  for (const [path, id] of FILES) {
    const file = `${scripturesPin.package}/${path}`;
    const source = readVolume(texts[path], file, id);
    images += source.images;
    scriptures.volumes.push({
      id,
      name: canonVolumes.find((known) => known.id === id)?.name ?? id,
      subtitle: source.subtitle,
    });
    for (const entry of source.books) addBook(scriptures, entry, id, file, verseRepairs);
  }
  if (scriptures.passages.length !== verseTotal) {
    throw new SourceError(
      scripturesPin.package,
      undefined,
      `it has ${scriptures.passages.length} verses; the canon has ${verseTotal}.`,
    );
  }
  verseRepairs.report(repairs);
  repairs.add(
    'facsimile-images',
    images,
    'Addresses of remote images of the facsimiles are dropped.',
  );
  return scriptures;
}

function readVolume(json: string, file: string, id: string) {
  if (id === 'dc-testament') {
    const { title, subtitle, sections } = parseJson(doctrine, json, file);
    const chapters = sections.map(({ section: number, ...rest }) => ({ number, ...rest }));
    const only: BookSource = { slug: 'dc', fullTitle: title, subtitle, chapters };
    return { subtitle: undefined, books: [only], images: 0 };
  }
  const parsed = parseJson(volume, json, file);
  const books = parsed.books.map(
    (entry): BookSource => ({
      slug: entry.lds_slug,
      fullTitle: entry.full_title,
      subtitle: entry.full_subtitle,
      heading: entry.heading,
      note: entry.note,
      chapters: entry.chapters.map(({ chapter: number, ...rest }) => ({ number, ...rest })),
    }),
  );
  const images = parsed.books.reduce((sum, entry) => sum + (entry.facsimiles?.length ?? 0), 0);
  return { subtitle: parsed.subtitle, books, images };
}

function addBook(
  scriptures: {
    books: BookRecord[];
    chapters: ChapterRecord[];
    passages: PassageRecord[];
  },
  { slug, chapters, ...rest }: BookSource,
  volumeId: string,
  file: string,
  repairs: VerseRepairs,
): void {
  const known = canon[scriptures.books.length];
  if (known?.slug !== slug || known.volume !== volumeId || known.chapters !== chapters.length) {
    throw new SourceError(
      file,
      slug,
      `the canon has ${known?.slug} with ${known?.chapters} chapters here.`,
    );
  }
  scriptures.books.push({ slug, name: known.name, volume: volumeId, ...rest });
  chapters.forEach((source, index) => {
    const { number, verses, heading, note, signature } = source;
    if (number !== index + 1 || verses.length !== known.verses[index]) {
      throw new SourceError(
        file,
        source.reference,
        `the canon has ${known.verses[index]} verses here.`,
      );
    }
    scriptures.chapters.push({
      book: slug,
      number,
      verses: verses.length,
      heading,
      title: note,
      signature,
    });
    verses.forEach((entry, at) => {
      if (entry.verse !== at + 1) {
        throw new SourceError(file, entry.reference, `verse ${at + 1} was expected here.`);
      }
      repairs.subheadings += entry.subheading === undefined ? 0 : 1;
      scriptures.passages.push({
        book: slug,
        chapter: number,
        verse: entry.verse,
        text: repairVerse(`${slug}.${number}.${entry.verse}`, entry.text, repairs),
        heading: entry.heading,
        paragraph: entry.pilcrow ?? false,
      });
    });
  });
}
