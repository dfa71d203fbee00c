import { useEffect, useState } from 'react';

/** A value as it is once it has not changed for a while, in milliseconds: one request for a word, not one a letter. */
export function useSettled<T>(value: T, wait: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return settled;
}
