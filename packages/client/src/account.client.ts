import type {
  AccountExport,
  AccountResponse,
  AccountUpdate,
  ChangePasswordRequest,
  ConfirmAddressRequest,
  DeleteAccountRequest,
  DeleteAccountResponse,
  EmailRequest,
  MailSentResponse,
  ProviderSignInRequest,
  ProviderSignInResponse,
  ProvidersResponse,
  ResetPasswordRequest,
  SecurityEventsResponse,
  SessionsResponse,
  SignInRequest,
  SignUpRequest,
  TokenResponse,
} from '@gospelib/contracts';
import { apiUrl, getJson, sendJson } from './client.request.ts';
import type { CallOptions, ClientOptions } from './client.ts';

/**
 * The routes of `auth` and `account`, one method each. The session is a cookie that the browser sends by itself.
 * Each throws what `getJson` throws; an `ApiError` with status 401 means that nobody is signed in.
 */
export type AccountClient = {
  signUp(input: SignUpRequest): Promise<MailSentResponse>;
  signIn(input: SignInRequest): Promise<AccountResponse>;
  signOut(): Promise<void>;
  providers(options?: CallOptions): Promise<ProvidersResponse>;
  signInElsewhere(input: ProviderSignInRequest): Promise<ProviderSignInResponse>;
  sendVerification(input: EmailRequest): Promise<MailSentResponse>;
  confirmAddress(input: ConfirmAddressRequest): Promise<void>;
  requestPasswordReset(input: EmailRequest): Promise<MailSentResponse>;
  resetPassword(input: ResetPasswordRequest): Promise<void>;
  token(options?: CallOptions): Promise<TokenResponse>;
  account(options?: CallOptions): Promise<AccountResponse>;
  changeAccount(input: AccountUpdate): Promise<AccountResponse>;
  changePassword(input: ChangePasswordRequest): Promise<void>;
  sessions(options?: CallOptions): Promise<SessionsResponse>;
  endSession(id: string): Promise<void>;
  /** Ends all sessions except this one. */
  endOtherSessions(): Promise<void>;
  events(options?: CallOptions): Promise<SecurityEventsResponse>;
  exportAccount(options?: CallOptions): Promise<AccountExport>;
  deleteAccount(input: DeleteAccountRequest): Promise<DeleteAccountResponse>;
};

/** Creates a typed, stateless client of the accounts service. */
export function createAccountClient({
  baseUrl,
  fetch: send = fetch,
}: ClientOptions): AccountClient {
  const get = <T>(path: readonly string[], options: CallOptions = {}) =>
    getJson<T>(send, apiUrl(baseUrl, path), options.signal);
  const change = <T>(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: readonly string[],
    body?: unknown,
  ) => sendJson<T>(send, method, apiUrl(baseUrl, path), { body });

  return {
    signUp: (input) => change('POST', ['auth', 'sign-up', 'email'], input),
    signIn: (input) => change('POST', ['auth', 'sign-in', 'email'], input),
    signOut: () => change('POST', ['auth', 'sign-out']),
    providers: (options) => get(['auth', 'providers'], options),
    signInElsewhere: (input) => change('POST', ['auth', 'sign-in', 'social'], input),
    sendVerification: (input) => change('POST', ['auth', 'send-verification-email'], input),
    confirmAddress: (input) => change('POST', ['auth', 'verify-email'], input),
    requestPasswordReset: (input) => change('POST', ['auth', 'request-password-reset'], input),
    resetPassword: (input) => change('POST', ['auth', 'reset-password'], input),
    token: (options) => get(['auth', 'token'], options),
    account: (options) => get(['account'], options),
    changeAccount: (input) => change('PATCH', ['account'], input),
    changePassword: (input) => change('POST', ['account', 'password'], input),
    sessions: (options) => get(['account', 'sessions'], options),
    endSession: (id) => change('DELETE', ['account', 'sessions', id]),
    endOtherSessions: () => change('DELETE', ['account', 'sessions']),
    events: (options) => get(['account', 'events'], options),
    exportAccount: (options) => get(['account', 'export'], options),
    deleteAccount: (input) => change('DELETE', ['account'], input),
  };
}
