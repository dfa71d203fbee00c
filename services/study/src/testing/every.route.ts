import { randomUUIDv7 } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import type { Reader } from './study.world.ts';

/** The result of calling every operation of the service. */
export interface Walk {
  /** Templates of the routes that were called, as the API description names them: `PUT /notes/{id}`. */
  called: string[];
  /** A sentence for each fault; empty when there was none. */
  faults: string[];
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Calls every operation once as a reader would, and checks that what was written is what is read. */
export async function walkEveryRoute(reader: Reader): Promise<Walk> {
  const walk: Walk = { called: [], faults: [] };
  const call = async (
    operation: `${Method} ${string}`,
    expected: { status: number; says?: string },
    { at = {}, body, headers, query = '' }: Call = {},
  ): Promise<LightMyRequestResponse> => {
    const [method, template = ''] = operation.split(' ') as [Method, string];
    walk.called.push(operation);
    const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => at[name] ?? 'unknown');
    const answer = await reader(method, `${path}${query}`, body, headers);
    const { statusCode, body: text } = answer;
    if (statusCode !== expected.status) {
      walk.faults.push(`${operation} answered ${statusCode}: ${text.slice(0, 200)}`);
    } else if (expected.says !== undefined && !text.includes(expected.says)) {
      walk.faults.push(`${operation} does not say ${expected.says}: ${text.slice(0, 200)}`);
    }
    return answer;
  };

  for (const { plural, input, changed, says } of items) {
    const made = await call(`POST /${plural}`, { status: 201 }, { body: input });
    const { id = randomUUIDv7(), version = '0' } = bodyOf(made);
    const at = { id };
    const headers = { 'if-match': `"${version}"` };
    await call(`GET /${plural}`, { status: 200, says: id });
    await call(`PUT /${plural}/{id}`, { status: 200 }, { at, body: changed, headers });
    await call(`GET /${plural}/{id}`, { status: 200, says }, { at });
    if (plural === 'notes') {
      const naming = '?passage=heb.11.1';
      await call('GET /notes', { status: 200, says: id }, { query: naming });
      await call('GET /search', { status: 200, says: id }, { query: '?q=substance' });
    }
    if (plural === 'collections') {
      const { share = 'none' } = bodyOf(
        await call('PUT /collections/{id}/share', { status: 200 }, { at }),
      );
      await call('GET /shared/{link}', { status: 200, says }, { at: { link: share } });
      await call('DELETE /collections/{id}/share', { status: 204 }, { at });
    }
  }
  const red = { color: 'red' };
  await call('PUT /palette/{color}', { status: 204 }, { at: red, body: { label: 'Warnings' } });
  await call('GET /palette', { status: 200, says: 'Warnings' });
  const chapter = { chapter: 'alma.32' };
  await call('PUT /history/{chapter}', { status: 204 }, { at: chapter, body: { verse: 21 } });
  await call('GET /history', { status: 200, says: '"verse":21' });
  await call('GET /continue', { status: 200, says: 'alma.32' });
  const marks = await call('GET /chapters/{chapter}/marks', { status: 200 }, { at: chapter });
  for (const kind of ['notes', 'highlights', 'bookmarks']) {
    const found = (bodyOf(marks) as Record<string, unknown>)[kind];
    if (!Array.isArray(found) || found.length !== 1) walk.faults.push(`no ${kind} in the margin`);
  }
  await call('GET /tags', { status: 200, says: 'changed' });

  const exported = await call('GET /export', { status: 200, says: 'substance' });
  for (const { plural } of items) {
    const [first] = (bodyOf(await reader('GET', `/${plural}`)) as Listed).items ?? [];
    await call(`DELETE /${plural}/{id}`, { status: 200 }, { at: { id: first?.id ?? 'none' } });
  }
  await call('DELETE /history/{chapter}', { status: 204 }, { at: chapter });
  await call('DELETE /history', { status: 204 });
  const headers = { 'content-type': 'application/x-ndjson' };
  await call('POST /import', { status: 200 }, { body: exported.body, headers });
  const again = await reader('GET', '/export');
  if (again.body !== exported.body) walk.faults.push('an import does not bring the export back');
  return walk;
}

interface Call {
  at?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
  query?: string;
}

interface Listed {
  items?: { id: string }[];
}

const mark = { passage: 'alma.32.21', tags: ['faith'] };
const items = [
  {
    plural: 'notes',
    input: { ...mark, body: 'Faith' },
    changed: { ...mark, tags: ['changed'], body: 'The substance: see Heb. 11:1' },
    says: 'heb.11.1',
  },
  {
    plural: 'highlights',
    input: { ...mark, color: 'red' },
    changed: { ...mark, color: 'blue' },
    says: 'blue',
  },
  {
    plural: 'bookmarks',
    input: { ...mark, label: 'Here' },
    changed: { ...mark, label: 'There' },
    says: 'There',
  },
  {
    plural: 'collections',
    input: { title: 'Faith', items: [] },
    changed: { title: 'Hope', items: [{ passage: 'ether.12', comment: 'Read it all' }] },
    says: 'Read it all',
  },
] as const;

/** Empty when the answer is no object: its status was already reported. */
function bodyOf(answer: LightMyRequestResponse): Record<string, string | undefined> {
  try {
    return answer.json();
  } catch {
    return {};
  }
}
