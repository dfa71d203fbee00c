import type { StageRecorder } from '../report/stage.recorder.ts';
import { readCommentary } from '../sources/sword/commentary.source.ts';
import { readGreekUses } from '../sources/sword/kjv.source.ts';
import { readTopics } from '../sources/sword/nave.source.ts';
import { moduleTitle, type SwordModules } from '../sources/sword/sword.sources.ts';
import type { CommentaryRecord, TopicRecord, WordRecord, WordUse } from './corpus.records.ts';
import type { RepairList } from './repair.list.ts';

/** What the full edition adds. */
export interface StudyAids {
  greekUses: readonly WordUse[];
  topics: readonly TopicRecord[];
  comments: readonly CommentaryRecord[];
}

/** Reads the SWORD modules. @throws SourceError for the first bad record */
export async function readStudyAids(
  modules: SwordModules,
  words: readonly WordRecord[],
  repairs: RepairList,
  recorder: StageRecorder,
): Promise<StudyAids> {
  const known = new Set(words.map(({ id }) => id));
  const greekUses = await recorder.run(
    'sword-kjv',
    () => readGreekUses(modules.kjv, known, repairs),
    ({ length }) => ({ records: length }),
  );
  const { topics } = await recorder.run(
    'sword-nave',
    () => readTopics(modules.nave, repairs),
    ({ topics, rejected }) => ({
      records: topics.length,
      edges: topics.reduce(
        (sum, topic) =>
          sum + topic.verses.size + topic.chapters.size + topic.books.size + topic.seeAlso.size,
        0,
      ),
      rejects: rejected,
    }),
  );
  const comments = await recorder.run(
    'sword-commentary',
    () => [
      ...readCommentary(modules.mhcc, 'mhcc', moduleTitle('mhcc'), repairs),
      ...readCommentary(modules.scofield, 'scofield', moduleTitle('scofield'), repairs),
      ...readCommentary(modules.tdavid, 'tdavid', moduleTitle('tdavid'), repairs, true),
    ],
    (list) => ({
      records: list.length,
      edges: list.reduce((sum, { verses }) => sum + verses.length, 0),
    }),
  );
  return { greekUses, topics, comments };
}
