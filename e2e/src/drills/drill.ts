import type { FindingKind, Incident } from '@gospelib/recovery';
import type { Stack } from './stack/stack.ts';

/** One thing that is broken on purpose, and what must come of it. */
export interface Drill {
  name: string;
  /** What is done to the stack, in a sentence. */
  breaks: string;
  /** What `recover` must find, one of them; a drill in which it finds something else has failed. None: it must find nothing. */
  expects: readonly FindingKind[];
  /** What it must say, or say that it did, where there is more than one way. */
  says?: RegExp;
  /** `refused`: it must change nothing, and say what a person does. */
  outcome: Incident['outcome'];
  /** What the page of operations promises. */
  page: string;
  /** What the project promises, in seconds from the call of `recover` to mended and verified. */
  targetSeconds: number;
  /** Reads that fail or are wrong once the damage is known; undefined where reading stops by its nature. */
  readersKeepReading: boolean;
  /** From when on acknowledged writes may be lost, as the restore says itself; without it none may. */
  losesWritesSince?(stack: Stack): Promise<Date>;
  /** Whether the scheduled check of the services is to find it before `recover` is called. */
  scheduled?: boolean;
  /** Whether `recover` is told the data folder alone, and must know by itself where the platform is. */
  byDataAlone?: boolean;
  /** Flags of `recover` beyond `--execute`. */
  flags?: readonly string[];
  prepare?(stack: Stack): Promise<void>;
  /** Ends what hinders a look, once `recover` has looked: only then can be judged what came of it. */
  relieve?(stack: Stack): Promise<void>;
  /** Makes the stack again what the next drill expects. */
  restore?(stack: Stack): Promise<void>;
  break(stack: Stack): Promise<void>;
  /** Looks for itself, without what `recover` stands on: says what is not as it was. */
  faults(stack: Stack): Promise<string[]>;
}

export interface DrillResult {
  /** ISO 8601: when it was run. */
  at: string;
  name: string;
  breaks: string;
  page: string;
  targetSeconds: number;
  /** Why it failed; empty when it passed. */
  faults: string[];
  /** Seconds from the damage until the services' own scheduled check had it; undefined where it was not waited for. */
  scheduledSeconds: number | undefined;
  /** Seconds from the call of `recover` until it knew, its own start included. */
  detectSeconds: number;
  /** Seconds from knowing until the first right answer that was asked for after it. */
  servedSeconds: number | undefined;
  /** Seconds from the call until what was broken was mended and verified. */
  mendedSeconds: number;
  /** Seconds from the call until backups were renewed where needed, everything was looked at again and written down. */
  recoverSeconds: number;
  /** Rows of the matrix and what their steps did. */
  steps: string[];
  reads: {
    all: number;
    failed: number;
    wrong: number;
    failedOnceKnown: number;
    wrongOnceKnown: number;
  };
  writes: { acknowledged: number; refused: number; lost: number };
}
