/**
 * The outcome, unless it takes too long. On a busy machine the time may be over before an answer that has
 * arrived was looked at, so what waits to be read is read before it is said to be late.
 */
export async function within<T>(milliseconds: number, outcome: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => setImmediate(() => reject(new Error(`No answer within ${milliseconds} ms.`))),
    milliseconds,
  );
  try {
    return await Promise.race([outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}
