import { books, type VolumeId } from '@gospelib/scripture';

export interface VerseSource {
  reference: string;
  text: string;
  verse: number;
  heading?: string;
  subheading?: string;
  pilcrow?: boolean;
}

type Edit = (id: string, verse: VerseSource) => VerseSource | undefined;

const FILES = {
  'old-testament.json': 'ot',
  'new-testament.json': 'nt',
  'book-of-mormon.json': 'bofm',
  'doctrine-and-covenants.json': 'dc-testament',
  'pearl-of-great-price.json': 'pgp',
} as const satisfies Record<string, VolumeId>;

/**
 * The five files of the scriptures package, with the whole canon and made-up texts; `edit` changes or drops a verse.
 */
export function scripturesFixture(
  edit: Edit = (_, verse) => verse,
): Record<keyof typeof FILES, string> {
  const entries = Object.entries(FILES).map(([path, volume]) => [
    path,
    JSON.stringify(volumeOf(volume, edit)),
  ]);
  return Object.fromEntries(entries) as Record<keyof typeof FILES, string>;
}

function volumeOf(volume: VolumeId, edit: Edit): unknown {
  const own = books.filter((book) => book.volume === volume);
  const title = `The ${volume}`;
  if (volume === 'dc-testament') {
    return {
      title,
      subtitle: 'sub',
      lds_slug: 'dc-testament/dc',
      sections: chaptersOf('dc', 'section', edit),
    };
  }
  const list = own.map(({ slug, name }) => ({
    book: name,
    lds_slug: slug,
    full_title: `The Book of ${name}`,
    chapters: chaptersOf(slug, 'chapter', edit),
    ...(slug === 'abr' && { facsimiles: [{ image_url: 'https://example.org/1.jpg' }] }),
  }));
  return { title, books: list };
}

function chaptersOf(slug: string, number: 'chapter' | 'section', edit: Edit): unknown[] {
  const counts = books.find((book) => book.slug === slug)?.verses ?? [];
  return counts.map((count, index) => ({
    [number]: index + 1,
    reference: `${slug} ${index + 1}`,
    verses: Array.from({ length: count }, (_, at) => {
      const id = `${slug}.${index + 1}.${at + 1}`;
      return edit(id, { reference: id, text: `Text of ${id}`, verse: at + 1 });
    }).filter((verse) => verse !== undefined),
  }));
}
