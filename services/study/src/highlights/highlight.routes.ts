import {
  type Highlight,
  type HighlightInput,
  highlight,
  highlightColor,
  highlightConflict,
  highlightInput,
  highlightsResponse,
} from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import type { ItemKind } from '../items/item.kind.ts';
import { markConditions, markQuery } from '../items/item.list.ts';
import { itemRoutes } from '../items/item.routes.ts';

const query = markQuery.extend({ color: highlightColor.optional() });

/** `/highlights` */
export function highlightRoutes(
  api: Service,
  highlights: ItemKind<HighlightInput, Highlight>,
): void {
  itemRoutes(api, {
    plural: 'highlights',
    schema: {
      input: highlightInput,
      item: highlight,
      list: highlightsResponse,
      conflict: highlightConflict,
      query,
    },
    service: highlights.service,
    list: (userId, asked) => {
      const conditions = markConditions(asked);
      if (asked.color) conditions.and(`color = ${conditions.value(asked.color)}`);
      return highlights.list(userId, conditions, asked);
    },
  });
}
