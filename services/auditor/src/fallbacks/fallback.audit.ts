import { randomUUID } from 'node:crypto';
import {
  type Difference,
  type Fallback,
  type GraphStore,
  isHarmful,
  listFallbacks,
  type Pointer,
  quickCheck,
  readPointer,
  writeVerdict,
} from '@gospelib/graph';
import type { GraphRound } from '../rounds/graph.round.ts';
import { isSame, namesTheSame } from '../rounds/pointer.same.ts';

export interface FallbackAuditOptions {
  readonly store: GraphStore;
  readonly round: Pick<GraphRound, 'go'>;
  /** Time between two quick checks, and time of a round, of the active graph, ms. */
  readonly checkMs: number;
  readonly roundMs: number;
  readonly log: { warn(details: object, message: string): void };
}

/** What is known of one fallback since the pointer named what it names. */
interface Finding {
  id: string;
  isDamaged: { quick: boolean; round: boolean };
  /** A whole round found it sound; whether that began after the quarantine. */
  isRead: boolean;
  sinceQuarantine: boolean;
}

/** Fallbacks are examined so many times slower than the active graph, as long as readers do not depend on them. */
const SLOWNESS = 5;
/** A verdict that was not written again for so many checks is forgotten by the store. */
const VERDICT_CHECKS = 3;
const NAMED = 10;

/**
 * Audits what could be served instead of the active graph, so that a damaged fallback is known before it is needed: a
 * quick check of each, then rounds through one after another. While the active graph is quarantined readers are served
 * from a fallback, and it is examined as often as an active graph. What is found is written to the store as a verdict.
 */
export class FallbackAudit {
  readonly #options: FallbackAuditOptions;
  #pointer: Pointer | undefined;
  #findings: ReadonlyMap<string, Finding> = new Map();

  constructor(options: FallbackAuditOptions) {
    this.#options = options;
  }

  get checkMs(): number {
    return this.#options.checkMs * this.#slowness;
  }

  get roundMs(): number {
    return this.#options.roundMs * this.#slowness;
  }

  /** How many fallbacks were sound when they were last examined. */
  get sound(): number {
    return [...this.#findings.values()].filter((finding) => !isDamaged(finding)).length;
  }

  /** @throws StoreUnavailableError */
  async checkQuickly(): Promise<void> {
    for (const { version, key } of await this.#list()) {
      await this.#examine(key, 'quick', () => quickCheck(this.#options.store, version, key));
    }
  }

  /** @throws StoreUnavailableError, RoundEnded when the pointer moved meanwhile */
  async goRounds(): Promise<void> {
    const { store, round } = this.#options;
    for (const fallback of await this.#list()) {
      const pointer = this.#pointer;
      const isOfInterest = async () => isSame(await readPointer(store), pointer);
      await this.#examine(fallback.key, 'round', () =>
        round.go(fallback, { milliseconds: this.roundMs, isOfInterest }),
      );
    }
  }

  get #slowness(): number {
    return this.#pointer?.quarantined ? 1 : SLOWNESS;
  }

  /** The fallbacks that there are; what was known of others, or of an earlier pointer, is forgotten. */
  async #list(): Promise<Fallback[]> {
    const { store } = this.#options;
    const pointer = await readPointer(store);
    const known = namesTheSame(pointer, this.#pointer) ? this.#findings : new Map();
    this.#pointer = pointer;
    const fallbacks = pointer === undefined ? [] : await listFallbacks(store, pointer.version);
    this.#findings = new Map(fallbacks.map(({ key }) => [key, known.get(key) ?? unknown()]));
    return fallbacks;
  }

  async #examine(
    key: string,
    examination: 'quick' | 'round',
    examine: () => Promise<readonly Difference[]>,
  ): Promise<void> {
    const { store, log } = this.#options;
    const pointer = this.#pointer;
    const harm = (await examine()).filter(isHarmful);
    const finding = this.#findings.get(key);
    // What was examined may have been replaced meanwhile: it is examined again soon.
    if (finding === undefined || !isSame(await readPointer(store), pointer)) return;
    const wasDamaged = isDamaged(finding);
    finding.isDamaged[examination] = harm.length > 0;
    if (examination === 'round') {
      finding.isRead = true;
      finding.sinceQuarantine = pointer?.quarantined === true;
    }
    if (isDamaged(finding) !== wasDamaged) finding.id = randomUUID();
    if (harm.length > 0 && !wasDamaged) {
      const details = harm.slice(0, NAMED).map(({ detail }) => detail);
      log.warn({ key, details }, 'fallback damaged: it is not served');
    }
    await this.#tell(key, finding, pointer);
  }

  /** Tells content services, unless nothing is known yet: a quick check alone proves nothing. */
  async #tell(key: string, finding: Finding, pointer: Pointer | undefined): Promise<void> {
    const sound = !isDamaged(finding);
    if (pointer === undefined || (sound && !finding.isRead)) return;
    const { id, sinceQuarantine } = finding;
    const { activation } = pointer;
    const forget = this.checkMs * VERDICT_CHECKS;
    await writeVerdict(
      this.#options.store,
      key,
      { id, activation, sound, sinceQuarantine },
      forget,
    );
  }
}

function unknown(): Finding {
  return {
    id: randomUUID(),
    isDamaged: { quick: false, round: false },
    isRead: false,
    sinceQuarantine: false,
  };
}

function isDamaged({ isDamaged: { quick, round } }: Finding): boolean {
  return quick || round;
}
