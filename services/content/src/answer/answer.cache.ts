import { createHash } from 'node:crypto';
import { CachedBody } from '@gospelib/service-kit';
import { LRUCache } from 'lru-cache';

/** Browsers and caches keep an answer and revalidate it each time, so that a wrong answer is not shown again. */
const CACHE_CONTROL = 'public, no-cache';

/** The serialised answers of one corpus version, bounded in bytes; the least recently used are evicted first. */
export class AnswerCache {
  readonly #version: string;
  readonly #kept: LRUCache<string, CachedBody>;
  readonly #underWay = new Map<string, Promise<CachedBody>>();

  constructor(version: string, maxBytes: number) {
    this.#version = version;
    this.#kept = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: (body, key) => body.weight + key.length,
    });
  }

  get(key: string): CachedBody | undefined {
    return this.#kept.get(key);
  }

  /** Makes an answer. Requests for the same one wait for it meanwhile. */
  make(key: string, make: () => unknown): Promise<CachedBody> {
    const running = this.#underWay.get(key);
    if (running) return running;
    const made = Promise.try(make)
      .then((value) => this.#keep(key, JSON.stringify(value)))
      .finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, made);
    return made;
  }

  #keep(key: string, json: string): CachedBody {
    const hash = createHash('sha256').update(json).digest('base64url').slice(0, 12);
    const etag = `W/"${this.#version}-${hash}"`;
    const body = new CachedBody(json, { etag, cacheControl: CACHE_CONTROL });
    this.#kept.set(key, body);
    return body;
  }
}
