import type { Bookmark, ChapterMarksResponse, Highlight, Note } from '@gospelib/contracts';
import { useMemo } from 'react';
import { keepMarks, readKeptMarks } from '../outbox/kept.marks.ts';
import { type Listed, overlay, type Shown } from '../outbox/overlay.ts';
import { useOutbox } from '../outbox/use.outbox.ts';
import { isPassing } from '../resource/resource.retry.ts';
import { type Request, useResource } from '../resource/use.resource.ts';
import { outbox, studyApi, studyDatabase } from '../study/study.ts';
import { touchesChapter } from './passage.place.ts';

type MarkKind = 'highlights' | 'notes' | 'bookmarks';

type Asked = { readonly marks: ChapterMarksResponse; readonly at: number };

/** A reader's marks in one chapter, as shown now. */
export type ChapterMarks = {
  readonly highlights: readonly Shown<Highlight>[];
  readonly notes: readonly Shown<Note>[];
  readonly bookmarks: readonly Shown<Bookmark>[];
  /** Notes that mention passages of the chapter. */
  readonly mentions: ChapterMarksResponse['mentions'];
};

/** Fetches the marks of a chapter; without a connection, the copy saved when it was last read here. */
function marksOf(account: string, chapter: string): Request<Asked> {
  return {
    key: `marks ${account} ${chapter}`,
    async load(signal) {
      const at = performance.now();
      try {
        const marks = await studyApi.chapterMarks(chapter, { signal });
        keep({ account, chapter, keptAt: Date.now(), marks: withNews(marks, at) });
        return { marks, at };
      } catch (error) {
        if (!isPassing(error)) throw error;
        const marks = await readKeptMarks(await studyDatabase(), account, chapter);
        if (!marks) throw error;
        return { marks, at };
      }
    },
  };
}

/** Applies changes confirmed while the marks were being fetched, so that a copy is never older than its time. */
function withNews(marks: ChapterMarksResponse, at: number): ChapterMarksResponse {
  const { heard } = outbox.state;
  const bring = <K extends MarkKind>(kind: K) =>
    overlay(kind, { items: marks[kind], at }, heard, [])
      .map(({ item }) => item)
      .filter(({ passage }) => passage && touchesChapter(passage, marks.chapter));
  return {
    ...marks,
    highlights: bring('highlights'),
    notes: bring('notes'),
    bookmarks: bring('bookmarks'),
  };
}

function keep(kept: Parameters<typeof keepMarks>[1]): void {
  studyDatabase()
    .then((database) => keepMarks(database, kept))
    .catch((error: unknown) => console.warn('Marks cannot be kept for reading offline.', error));
}

const NOTHING: ChapterMarksResponse = {
  chapter: '',
  highlights: [],
  notes: [],
  bookmarks: [],
  mentions: [],
  truncated: false,
};

/** A reader's marks in a chapter; never those of another account, whoever signs in meanwhile. */
export function useChapterMarks(account: string, chapter: string): ChapterMarks {
  const resource = useResource(marksOf(account, chapter));
  const state = useOutbox();
  return useMemo(() => {
    const { marks, at } =
      resource.status === 'ready' ? resource.value : { marks: NOTHING, at: Number.MAX_VALUE };
    const own = state.account === account;
    const heard = own ? state.heard : [];
    const changes = own ? state.changes : [];
    const lay = <K extends MarkKind>(
      kind: K,
      items: Listed<ChapterMarksResponse[K][number]>['items'],
    ) =>
      overlay<K>(kind, { items, at }, heard, changes).filter(
        ({ item }) => item.passage !== undefined && touchesChapter(item.passage, chapter),
      );
    return {
      highlights: lay('highlights', marks.highlights),
      notes: lay('notes', marks.notes),
      bookmarks: lay('bookmarks', marks.bookmarks),
      mentions: marks.mentions,
    };
  }, [resource, state, account, chapter]);
}
