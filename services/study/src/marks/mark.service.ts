import type {
  Bookmark,
  BookmarkInput,
  ChapterMarksResponse,
  Highlight,
  HighlightInput,
  Note,
  NoteInput,
} from '@gospelib/contracts';
import { parseId } from '@gospelib/scripture';
import { ProblemError } from '@gospelib/service-kit';
import type { ItemKind } from '../items/item.kind.ts';
import type { StudyDatabase } from '../store/study.database.ts';
import { inTextOrder, inTextOrderWithin, readMentions } from './mark.repository.ts';

/** The most marks of one chapter that are returned; further ones appear only in the lists. */
const most = { highlights: 2000, notes: 500, bookmarks: 200, mentions: 200 };
/** The most text of notes that is returned, bytes. */
const mostText = 1024 * 1024;

export interface MarkKinds {
  notes: ItemKind<NoteInput, Note>;
  highlights: ItemKind<HighlightInput, Highlight>;
  bookmarks: ItemKind<BookmarkInput, Bookmark>;
}

/** A reader's marks that touch a chapter. */
export class ChapterMarks {
  readonly #store: StudyDatabase;
  readonly #kinds: MarkKinds;

  constructor(store: StudyDatabase, kinds: MarkKinds) {
    this.#store = store;
    this.#kinds = kinds;
  }

  /** @throws ProblemError not-found for a chapter that the canon does not have */
  async of(userId: string, chapter: string): Promise<ChapterMarksResponse> {
    const reference = parseId(chapter);
    if (reference?.kind !== 'chapter') {
      throw new ProblemError('not-found', `The canon has no chapter “${chapter}”.`);
    }
    const { notes, highlights, bookmarks } = this.#kinds;
    const [inHighlights, inNotes, inBookmarks, inMentions] = await this.#store.as(
      userId,
      'chapter marks',
      async (tx) =>
        Promise.all([
          highlights.items.select(
            tx,
            'marks',
            userId,
            inTextOrder(reference, 'starts_at, word_start NULLS FIRST', most.highlights),
          ),
          notes.items.select(
            tx,
            'marks',
            userId,
            inTextOrderWithin(reference, most.notes, mostText),
          ),
          bookmarks.items.select(
            tx,
            'marks',
            userId,
            inTextOrder(reference, 'starts_at', most.bookmarks),
          ),
          readMentions(tx, userId, reference, most.mentions),
        ]),
    );
    const found = {
      highlights: inHighlights,
      notes: inNotes,
      bookmarks: inBookmarks,
      mentions: inMentions,
    };
    const shown = {
      highlights: found.highlights.slice(0, most.highlights),
      notes: withinText(found.notes.slice(0, most.notes)),
      bookmarks: found.bookmarks.slice(0, most.bookmarks),
      mentions: found.mentions.slice(0, most.mentions),
    };
    const truncated = kinds.some((kind) => shown[kind].length < found[kind].length);
    return { chapter, ...shown, truncated };
  }
}

const kinds = ['highlights', 'notes', 'bookmarks', 'mentions'] as const;

/** Drops the last note if it exceeds the limit: the query ends with the first that does. */
function withinText(notes: Note[]): Note[] {
  const bytes = notes.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
  return bytes > mostText ? notes.slice(0, -1) : notes;
}
