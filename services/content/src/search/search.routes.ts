import { type SearchResponse, searchResponse, volumeId } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import { z } from 'zod';
import type { Answer } from '../answer/answer.ts';
import { cursorField, limitField, typedText } from '../answer/page.query.ts';
import { replies } from '../answer/replies.ts';
import { MAX_QUERY_LENGTH } from './search.query.ts';
import { searchCorpus } from './search.service.ts';

const querystring = z.object({
  q: typedText(MAX_QUERY_LENGTH).describe(
    'Words, or a "phrase in quotation marks"; `-word` leaves verses out, `bapti*` finds words that begin so (three letters or more), `faith OR hope` one of both; at most 32 words. Case, marks, apostrophes and dashes do not matter.',
  ),
  volume: volumeId.optional(),
  book: z.string().min(1).max(100).optional().describe('Slug, e.g. `alma`.'),
  cursor: cursorField,
  limit: limitField(20, 100),
});

export function searchRoutes(app: Service, answer: Answer): void {
  const count = app.metrics.counterBy(
    'gospelib_search_outcomes_total',
    'Searches that were worked out, by what they found; repeated ones are answered from memory.',
    'outcome',
    outcomes,
  );
  app.get(
    '/search',
    {
      schema: {
        summary: 'Full-text search',
        description:
          'Ranked: the phrase as typed, all words near each other, all words, then their inflections. A query of four different words or more that few verses match also finds, last of all, verses that lack a minority of its rarer words.',
        querystring,
        response: replies(searchResponse),
      },
    },
    (request, reply) => {
      const { query } = request;
      const { q, volume, book, cursor, limit } = query;
      const key = JSON.stringify(['search', q, volume, book, cursor, limit]);
      return answer(request, reply, key, (corpus) => {
        const found = searchCorpus(corpus, query);
        count(outcomeOf(found));
        return found;
      });
    },
  );
}

const outcomes = ['verses', 'words', 'nothing'] as const;

function outcomeOf({ total, words, reference }: SearchResponse): (typeof outcomes)[number] {
  if (total > 0) return 'verses';
  return words.length > 0 || reference !== undefined ? 'words' : 'nothing';
}
