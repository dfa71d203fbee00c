import { colorLabel, highlightColor, paletteResponse } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import { z } from 'zod';
import type { Palette } from './palette.service.ts';

/** `/palette` */
export function paletteRoutes(api: Service, palette: Palette): void {
  const tags = ['highlights'];

  api.get(
    '/palette',
    { schema: { summary: 'What you call the colours', tags, response: { 200: paletteResponse } } },
    (request) => palette.get(request.userId),
  );

  api.put(
    '/palette/:color',
    {
      schema: {
        summary: 'Name a colour',
        tags,
        params: z.object({ color: highlightColor }),
        body: colorLabel,
        response: { 204: z.void() },
      },
    },
    async (request, reply) => {
      const { userId, params, body } = request;
      await palette.name(userId, params.color, body.label);
      return reply.code(204).send();
    },
  );
}
