/**
 * Makes what runs work one at a time: in all tabs where the browser has locks, elsewhere in this one. Two tabs that send
 * the same do no harm, for the library does it once.
 */
export function aloneUnder(name: string): (work: () => Promise<void>) => Promise<void> {
  if ('locks' in navigator) return (work) => navigator.locks.request(name, work);
  let last = Promise.resolve();
  return (work) => {
    last = last.then(work, work);
    return last;
  };
}
