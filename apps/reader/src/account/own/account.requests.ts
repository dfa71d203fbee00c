import { ApiError } from '@gospelib/client';
import type {
  AccountResponse,
  SecurityEventsResponse,
  SessionsResponse,
} from '@gospelib/contracts';
import type { Request } from '../../resource/use.resource.ts';
import { accountApi } from '../../session/account.api.ts';
import { session } from '../../session/session.store.ts';

/** Runs a request that needs a session. If the session has ended, the whole page learns it. */
export async function asReader<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) session.signedOut();
    throw error;
  }
}

/** The requests of the account page, cached under the account's id. */
export const accountRequests = {
  account: (id: string): Request<AccountResponse> => ({
    key: `account ${id}`,
    load: (signal) => asReader(() => accountApi.account({ signal })),
  }),
  sessions: (id: string): Request<SessionsResponse> => ({
    key: `account ${id} sessions`,
    load: (signal) => asReader(() => accountApi.sessions({ signal })),
  }),
  events: (id: string): Request<SecurityEventsResponse> => ({
    key: `account ${id} events`,
    load: (signal) => asReader(() => accountApi.events({ signal })),
  }),
};
