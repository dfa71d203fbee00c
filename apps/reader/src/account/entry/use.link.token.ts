import { useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { useGo } from '../../address/use.go.ts';

/**
 * The token of a mailed link, `<path>#token=…`. Removes it from the address: it is a secret, and browser histories are
 * stored and synchronised.
 */
export function useLinkToken(path: string): string | null {
  const { hash } = useLocation();
  const go = useGo();
  const [token, setToken] = useState(() => tokenIn(hash));
  useEffect(() => {
    const given = tokenIn(hash);
    if (!given) return;
    setToken(given);
    go(path, { replace: true });
  }, [hash, go, path]);
  return token;
}

function tokenIn(hash: string): string | null {
  return new URLSearchParams(hash.slice(1)).get('token');
}
