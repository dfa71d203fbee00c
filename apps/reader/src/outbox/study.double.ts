import { ApiError, type StudyClient, type StudyKind, type WriteOptions } from '@gospelib/client';
import type { StudyInput, StudyItem } from './change.ts';

/** How the server treats the next request: correctly, or with one kind of failure. */
export type Behaviour = 'well' | 'cut before' | 'cut after' | 'busy' | 'refused token';

type Kept = StudyItem & { readonly version: number };

/**
 * A fake study service that follows the protocol for writes: idempotency keys, versions, both versions in a conflict.
 * The e2e tests use the real one.
 */
export class StudyDouble implements Pick<StudyClient, 'put' | 'remove'> {
  readonly kept = new Map<string, Kept>();
  /** The number of executed writes. */
  writes = 0;
  requests: string[] = [];
  behaviour: () => Behaviour = () => 'well';
  #answers = new Map<string, { request: string; answer: StudyItem }>();
  #version = 1_000;

  put: StudyClient['put'] = (kind, id, input, options) =>
    this.#once(`PUT ${kind} ${id}`, input, options, () => {
      const stored = this.kept.get(id);
      this.#agree(stored, input, options);
      return this.write(kind, id, input);
    }) as never;

  remove: StudyClient['remove'] = (kind, id, options) =>
    this.#once(`DELETE ${kind} ${id}`, null, options, () => {
      const stored = this.kept.get(id);
      if (!stored) throw problem(404);
      this.#agree(stored, null, options);
      this.kept.delete(id);
      this.writes += 1;
      return stored;
    }) as never;

  /** Another device writes. */
  write(_kind: StudyKind, id: string, input: StudyInput): Kept {
    this.#version += 1;
    this.writes += 1;
    const at = '2026-01-01T00:00:00.000Z';
    const item = { createdAt: at, ...input, id, version: this.#version, updatedAt: at } as Kept;
    this.kept.set(id, item);
    return item;
  }

  async #once(
    line: string,
    input: StudyInput | null,
    { base, key }: WriteOptions,
    work: () => StudyItem,
  ): Promise<StudyItem> {
    await undefined;
    const behaviour = this.behaviour();
    this.requests.push(`${line} ${JSON.stringify(base)} ${behaviour}`);
    if (behaviour === 'cut before') throw new TypeError('Failed to fetch');
    if (behaviour === 'busy') throw problem(429);
    if (behaviour === 'refused token') throw problem(401);
    const request = JSON.stringify([line, input, base]);
    const before = this.#answers.get(key);
    if (before && before.request !== request) throw problem(422);
    const answer = before?.answer ?? work();
    this.#answers.set(key, { request, answer });
    if (behaviour === 'cut after') throw new TypeError('Failed to fetch');
    return answer;
  }

  #agree(stored: Kept | undefined, yours: StudyInput | null, { base }: WriteOptions): void {
    if (base === (stored?.version ?? 'absent')) return;
    throw problem(412, { yours, stored: stored ?? null });
  }
}

function problem(status: number, more: object = {}): ApiError {
  return new ApiError({ type: 'x', title: `Status ${status}`, status, ...more });
}
