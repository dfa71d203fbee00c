import { useEffect, useState } from 'react';
import { useSession } from '../session/use.session.ts';

/** Delay, ms: the text itself comes first. */
const AFTER_TEXT = 1_000;

/** True when the study features should load: at once for signed-in readers, whose marks belong to the page. */
export function useDeferred(): boolean {
  const { account } = useSession();
  const [later, setLater] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLater(true), AFTER_TEXT);
    return () => clearTimeout(timer);
  }, []);
  return later || account !== undefined;
}
