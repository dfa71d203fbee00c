import { useEffect, useState } from 'react';
import { useSession } from '../session/use.session.ts';

/** The first second of a visit belongs to the text. */
const AFTER_TEXT = 1_000;

/** When to load what a reader makes something with: at once for the signed-in, whose own belongs to the page. */
export function useLater(): boolean {
  const { account } = useSession();
  const [later, setLater] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLater(true), AFTER_TEXT);
    return () => clearTimeout(timer);
  }, []);
  return later || account !== undefined;
}
