import { books } from '@gospelib/scripture';

/** What drills break is read often. No long lists: their cursors differ from version to version. */
const often: readonly string[] = [
  'chapters/alma.32',
  'chapters/mosiah.4',
  'passages/alma.32.21',
  'passages/alma.32.21/connections',
  'passages/john.3.16',
];

/** Paths below `/api/v1`: the first, a middle and the last chapter of every book, and what drills break. */
export function readingList(): string[] {
  const chapters = books.flatMap(({ slug, chapters: last }) => {
    const some = new Set([1, Math.ceil(last / 2), last]);
    return [...some].map((chapter) => `chapters/${slug}.${chapter}`);
  });
  return [...often, ...chapters];
}

/** One of the list; every third time one of those that drills break. */
export function pick(list: readonly string[]): string {
  const from = Math.random() < 1 / 3 ? often : list;
  return from[Math.floor(Math.random() * from.length)] ?? 'chapters/alma.32';
}
