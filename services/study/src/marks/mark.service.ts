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
import { inTextOrder, readMentions } from './mark.repository.ts';

/** The most text of one kind of marks that is returned, bytes. */
const bytes = 1024 * 1024;
/** The most marks of one chapter that are returned; further ones appear only in the lists. */
const most = {
  highlights: { rows: 2000, bytes },
  notes: { rows: 500, bytes },
  bookmarks: { rows: 200, bytes },
};
const mostMentions = 200;

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
    const inOrder = inTextOrder(reference, 'starts_at');
    const inWordOrder = inTextOrder(reference, 'starts_at, word_start NULLS FIRST');
    return this.#store.read(userId, 'chapter marks', async (tx) => {
      const [painted, written, marked, mentions] = await Promise.all([
        highlights.items.page(tx, 'marks', userId, inWordOrder, most.highlights),
        notes.items.page(tx, 'marks', userId, inOrder, most.notes),
        bookmarks.items.page(tx, 'marks', userId, inOrder, most.bookmarks),
        readMentions(tx, userId, reference, mostMentions),
      ]);
      return {
        chapter,
        highlights: painted.items,
        notes: written.items,
        bookmarks: marked.items,
        mentions: mentions.slice(0, mostMentions),
        truncated: painted.more || written.more || marked.more || mentions.length > mostMentions,
      };
    });
  }
}
