import { startTimeout } from '@gospelib/graph';

/** The outcome, unless it takes too long; see {@link startTimeout} for how that is counted. */
export async function withTimeout<T>(milliseconds: number, outcome: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const end = startTimeout(milliseconds, () =>
    reject(new Error(`No answer within ${milliseconds} ms.`)),
  );
  try {
    return await Promise.race([outcome, late]);
  } finally {
    end();
  }
}
