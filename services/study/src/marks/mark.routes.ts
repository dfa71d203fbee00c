import { chapterId, chapterMarksResponse, problem } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import { z } from 'zod';
import type { ChapterMarks } from './mark.service.ts';

/** `/chapters/{chapter}/marks` */
export function markRoutes(api: Service, marks: ChapterMarks): void {
  api.get(
    '/chapters/:chapter/marks',
    {
      schema: {
        summary: 'Everything of yours in a chapter',
        tags: ['marks'],
        description: 'All that the page of a chapter shows in its margin, in one request.',
        params: z.object({ chapter: chapterId }),
        response: { 200: chapterMarksResponse, 404: problem },
      },
    },
    (request) => marks.of(request.userId, request.params.chapter),
  );
}
