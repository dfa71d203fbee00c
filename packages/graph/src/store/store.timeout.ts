const TICK_MS = 50;

/**
 * Calls `late` after the timeout, unless it is ended before. Time is counted in ticks of this process: while its event
 * loop is blocked or the machine gives it no processor, it cannot read from the store, and that is not the store's
 * fault. Node runs timers before sockets, so `late` is called only after sockets were read once more.
 * @param milliseconds on an idle machine
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
