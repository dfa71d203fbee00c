const TICK_MS = 50;

/**
 * Calls `late` when the patience is over, unless it is ended before. Time is counted in ticks of this process: while it
 * gets no turn, on a busy machine or in a long piece of work, a store cannot be read from and is not to blame. What has
 * arrived is read before anything is said to be late, since timers come before sockets in Node's loop.
 * @param milliseconds on a machine that is not busy
 * @returns ends it
 */
export function startTimeout(milliseconds: number, late: () => void): () => void {
  let left = milliseconds;
  let unread: NodeJS.Immediate | undefined;
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const tick = Math.min(TICK_MS, left);
    timer = setTimeout(() => {
      left -= tick;
      if (left > 0) wait();
      else unread = setImmediate(late);
    }, tick);
  };
  wait();
  return () => {
    clearTimeout(timer);
    clearImmediate(unread);
  };
}
