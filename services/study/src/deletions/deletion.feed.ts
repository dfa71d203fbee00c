import { type DeletionsResponse, deletionsResponse } from '@gospelib/contracts';

/** Deleted accounts, as accounts publishes them, and their confirmation. */
export interface DeletionFeed {
  /** Deletions that this service has not confirmed, oldest first. */
  pending(): Promise<DeletionsResponse['items']>;
  confirm(userId: string): Promise<void>;
}

const timeout = 5_000;

/** Over HTTP; throws when accounts is unavailable or gives an unexpected answer. */
export function deletionFeed(accountsUrl: string, secret: string): DeletionFeed {
  const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(new URL(`/internal/v1/deletions${path}`, accountsUrl), {
      ...init,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
    });
    if (!response.ok) throw new Error(`accounts answered ${response.status}`);
    return response;
  };
  return {
    async pending() {
      const response = await call('?consumer=study&limit=1000');
      return deletionsResponse.parse(await response.json()).items;
    },
    async confirm(userId) {
      const response = await call(`/${encodeURIComponent(userId)}/receipt`, {
        method: 'POST',
        body: JSON.stringify({ consumer: 'study' }),
      });
      await response.arrayBuffer();
    },
  };
}
