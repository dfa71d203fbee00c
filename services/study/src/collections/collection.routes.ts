import {
  type Collection,
  type CollectionInput,
  collection,
  collectionConflict,
  collectionInput,
  collectionsResponse,
  problem,
  sharedCollection,
  shareResponse,
  shareToken,
  studyId,
} from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import { z } from 'zod';
import type { ItemKind } from '../items/item.kind.ts';
import { Conditions } from '../items/item.list.ts';
import { itemRoutes } from '../items/item.routes.ts';
import { pageQuery } from '../paging/cursor.ts';
import type { CollectionSharing } from './collection.sharing.ts';

/** `/collections`, their `/share`, and `/shared/{link}` */
export function collectionRoutes(
  api: Service,
  collections: ItemKind<CollectionInput, Collection>,
  sharing: CollectionSharing,
): void {
  const tags = ['collections'];
  itemRoutes(api, {
    plural: 'collections',
    schema: {
      input: collectionInput,
      item: collection,
      list: collectionsResponse,
      conflict: collectionConflict,
      query: pageQuery,
    },
    service: collections.service,
    list: (userId, query) => collections.list(userId, new Conditions(), query),
  });

  const params = z.object({ id: studyId });
  api.put(
    '/collections/:id/share',
    {
      schema: {
        summary: 'Share a reading list',
        tags,
        description: 'Makes the list readable for whoever has its link; repeated, the same link.',
        params,
        response: { 200: shareResponse, 404: problem },
      },
    },
    (request) => sharing.share(request.userId, request.params.id),
  );

  api.delete(
    '/collections/:id/share',
    {
      schema: {
        summary: 'Take the link of a reading list back',
        tags,
        description: 'The link is dead from now on.',
        params,
        response: { 204: z.void(), 404: problem },
      },
    },
    async (request, reply) => {
      await sharing.unshare(request.userId, request.params.id);
      return reply.code(204).send();
    },
  );

  api.get(
    '/shared/:link',
    {
      schema: {
        summary: 'A reading list that somebody shared',
        tags,
        params: z.object({ link: shareToken }),
        response: { 200: sharedCollection, 404: problem },
      },
    },
    (request) => sharing.open(request.params.link),
  );
}
