import { startTimeout } from '@gospelib/graph';

/** The outcome; rejects after the timeout, which is counted as by {@link startTimeout}. */
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
