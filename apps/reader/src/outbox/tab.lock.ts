/**
 * Runs work one at a time: across all tabs if the browser has locks, otherwise in this tab. Two tabs that send the same
 * change do no harm, since the server executes it once.
 */
export function tabLock(name: string): (work: () => Promise<void>) => Promise<void> {
  if ('locks' in navigator) return (work) => navigator.locks.request(name, work);
  let last = Promise.resolve();
  return (work) => {
    last = last.then(work, work);
    return last;
  };
}
