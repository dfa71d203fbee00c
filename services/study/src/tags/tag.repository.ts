import type { TagsResponse } from '@gospelib/contracts';
import type { Queries } from '@gospelib/database';

/** How often a reader uses each tag; most used first, at most 1,000. */
export async function countTags(tx: Queries, userId: string): Promise<TagsResponse> {
  const tags = await tx.query<TagsResponse['tags'][number]>(
    'tags count',
    `SELECT tag,
       count(*) FILTER (WHERE kind = 'note')::integer AS notes,
       count(*) FILTER (WHERE kind = 'highlight')::integer AS highlights,
       count(*) FILTER (WHERE kind = 'bookmark')::integer AS bookmarks
     FROM (
       SELECT unnest(tags) AS tag, 'note' AS kind FROM notes WHERE user_id = $1
       UNION ALL SELECT unnest(tags), 'highlight' FROM highlights WHERE user_id = $1
       UNION ALL SELECT unnest(tags), 'bookmark' FROM bookmarks WHERE user_id = $1
     ) AS used GROUP BY tag ORDER BY count(*) DESC, tag LIMIT 1000`,
    [userId],
  );
  return { tags };
}
