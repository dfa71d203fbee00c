import { type DeletionsResponse, deletionsResponse } from '@gospelib/contracts';

/** Deleted accounts, as accounts publishes them, and their confirmation. */
export interface DeletionFeed {
  /** Deletions that this service has not confirmed, oldest first. */
  pending(): Promise<DeletionsResponse['items']>;
  confirm(userId: string): Promise<void>;
}

const timeout = 5_000;

/**
 * Over HTTP; throws when accounts is unavailable or gives an unexpected answer.
 * @param secrets those that count now: accounts may not have learned of the first yet
 */
export function deletionFeed(accountsUrl: string, secrets: () => readonly string[]): DeletionFeed {
  const callBy = (secret: string, path: string, init: RequestInit): Promise<Response> =>
    fetch(new URL(`/internal/v1/deletions${path}`, accountsUrl), {
      ...init,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
    });
  const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
    let status = 401;
    for (const secret of secrets()) {
      const response = await callBy(secret, path, init);
      if (response.ok) return response;
      await response.arrayBuffer();
      ({ status } = response);
      if (status !== 401) break;
    }
    throw new Error(`accounts answered ${status}`);
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
