import { ApiError } from '@gospelib/client';
import type {
  AccountResponse,
  SecurityEventsResponse,
  SessionsResponse,
} from '@gospelib/contracts';
import type { Request } from '../../resource/use.resource.ts';
import { accountApi } from '../../session/account.api.ts';
import { session } from '../../session/session.store.ts';

/** Does what only who is signed in may; that the session is gone is then known everywhere. */
export async function asReader<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) session.signedOut();
    throw error;
  }
}

/** What the account page asks for, kept under the account's id. */
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
