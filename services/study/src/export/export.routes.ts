import { Readable } from 'node:stream';
import {
  type ExportLine,
  importResponse,
  problem,
  studyExportMediaType,
} from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import { Slots } from '@gospelib/service-kit';
import type { z } from 'zod';
import { creationHeaders } from '../items/item.condition.ts';
import type { StudyDatabase } from '../store/study.database.ts';
import { exportLines } from './export.service.ts';
import { type ExportLimits, Import, type Transfers } from './import.service.ts';
import { type MinimumRate, RateWatch } from './minimum.rate.ts';

/** One of each user, and few enough at once that their pages fit into the service's memory. */
const exporting = { perUser: 1, atOnce: 16, waiting: 2, patienceMs: 5_000 };

/** `/export` and `/import`: everything a reader has, out and in again. */
export function exportRoutes(
  api: Service,
  store: StudyDatabase,
  transfers: Transfers,
  { answers, rate }: ExportLimits,
): void {
  const tags = ['export'];
  const imports = new Import(store, transfers, { answers, rate });
  const downloads = new Slots('exports', exporting);

  api.get(
    '/export',
    {
      schema: {
        summary: 'Everything you made',
        tags,
        description:
          'Everything, one JSON value a line (see `ExportLine`); without the last line, of type `end`, it was cut off.',
        produces: [studyExportMediaType],
      },
    },
    async (request, reply) => {
      const { note, highlight, bookmark, collection } = transfers;
      const all = [note, highlight, bookmark, collection];
      const release = await downloads.enter(request.userId);
      const lines = exportLines(store, all, request.userId);
      // Read the first lines before the answer begins, so that an unavailable store is a problem and not a broken file.
      const first = async () => [await lines.next(), await lines.next()];
      const head = await first().catch((error: unknown) => {
        release();
        throw error;
      });
      const body = download(chunks(head, lines), rate);
      body.once('close', release);
      return reply
        .header('content-type', studyExportMediaType)
        .header('content-disposition', 'attachment; filename="gospelib-study.ndjson"')
        .send(body);
    },
  );

  api.register(async (scope) => {
    // The body is read line by line as it arrives; no other content type is accepted.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(studyExportMediaType, (_request, payload, done) =>
      done(null, payload),
    );
    scope.post<{ Headers: z.output<typeof creationHeaders>; Body: Readable | undefined }>(
      '/import',
      {
        schema: {
          summary: 'Bring an export back',
          tags,
          description:
            'Brings back an export. All of it, or nothing when a line is wrong; what is there already stays as it is.',
          consumes: [studyExportMediaType],
          headers: creationHeaders,
          response: {
            200: importResponse,
            ...{
              400: problem,
              408: problem,
              409: problem,
              413: problem,
              422: problem,
              429: problem,
            },
          },
        },
      },
      async (request, reply) => {
        const key = request.headers['idempotency-key'];
        const file = request.body ?? Readable.from([]);
        const { body, replayed } = await imports.run(request.userId, key, file);
        if (replayed) reply.header('idempotency-replayed', 'true');
        return reply.send(body);
      },
    );
  });
}

/** The answer, which breaks off when its reader takes less than the minimum. */
function download(content: AsyncIterable<string>, rate: MinimumRate): Readable {
  async function* counted(): AsyncGenerator<string, void, void> {
    for await (const chunk of content) {
      yield chunk;
      // Taken: the next one is asked for.
      watch.count(chunk.length);
    }
  }
  const body = Readable.from(counted());
  const watch = new RateWatch(rate, () =>
    body.destroy(new Error('The export is read too slowly.')),
  );
  return body.once('close', () => watch.stop());
}

/** Joins lines, so that not every line becomes a chunk on the wire. */
async function* chunks(
  head: readonly IteratorResult<ExportLine, void>[],
  lines: AsyncIterable<ExportLine>,
): AsyncGenerator<string, void, void> {
  let text = '';
  for (const { value } of head) if (value) text += `${JSON.stringify(value)}\n`;
  for await (const line of lines) {
    text += `${JSON.stringify(line)}\n`;
    if (text.length < 32 * 1024) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}
