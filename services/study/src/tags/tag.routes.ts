import { tagsResponse } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import type { StudyDatabase } from '../store/study.database.ts';
import { countTags } from './tag.repository.ts';

/** `/tags` */
export function tagRoutes(api: Service, store: StudyDatabase): void {
  api.get(
    '/tags',
    {
      schema: {
        summary: 'Your tags',
        tags: ['tags'],
        description: 'The tags in use, most used first, at most 1,000.',
        response: { 200: tagsResponse },
      },
    },
    ({ userId }) => store.read(userId, 'tags', (tx) => countTags(tx, userId)),
  );
}
