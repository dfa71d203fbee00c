import {
  type Bookmark,
  type BookmarkInput,
  bookmark,
  bookmarkConflict,
  bookmarkInput,
  bookmarksResponse,
} from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import type { ItemKind } from '../items/item.kind.ts';
import { markConditions, markQuery } from '../items/item.list.ts';
import { itemRoutes } from '../items/item.routes.ts';

/** `/bookmarks` */
export function bookmarkRoutes(api: Service, bookmarks: ItemKind<BookmarkInput, Bookmark>): void {
  itemRoutes(api, {
    plural: 'bookmarks',
    schema: {
      input: bookmarkInput,
      item: bookmark,
      list: bookmarksResponse,
      conflict: bookmarkConflict,
      query: markQuery,
    },
    service: bookmarks.service,
    list: (userId, query) => bookmarks.list(userId, markConditions(query), query),
  });
}
