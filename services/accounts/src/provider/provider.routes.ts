import {
  providerSignInRequest,
  providerSignInResponse,
  providersResponse,
} from '@gospelib/contracts';
import { ProblemError, type Service } from '@gospelib/service-kit';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { authHeaders, sendCookies } from '../auth/auth.headers.ts';
import { type Auth, oidcProvider } from '../auth/auth.ts';
import type { OidcConfig } from '../config.ts';
import type { KnownDevices } from '../session/known.devices.ts';

/** The provider's parameters. We limit their size; better-auth validates them. */
const printable = z.string().regex(/^[\x20-\x7e]*$/);
const callbackQuery = z.object({
  code: printable.max(2048).optional(),
  state: printable.max(512).optional(),
  error: printable.max(200).optional(),
  error_description: z.string().max(500).optional(),
  iss: printable.max(300).optional(),
});

export interface ProviderDependencies {
  /** Makes the instance of better-auth that knows the provider, and looks the provider up at once. */
  makeAuth: () => Auth;
  oidc: OidcConfig | undefined;
  publicUrl: string;
  devices: Pick<KnownDevices, 'remember'>;
}

/** How long the provider may take to answer, ms. */
const providerTimeout = 5_000;
const failedPath = '/account?sign-in=failed';

/** Sign-in with another provider (OpenID Connect: code flow with PKCE, state and nonce). */
export function providerRoutes(
  api: Service,
  { makeAuth, oidc, publicUrl, devices }: ProviderDependencies,
): void {
  api.get(
    '/auth/providers',
    {
      schema: {
        summary: 'Other ways to sign in',
        tags: ['auth'],
        response: { 200: providersResponse },
      },
    },
    () => ({ providers: oidc ? [{ id: oidcProvider, name: oidc.name }] : [] }),
  );
  if (oidc === undefined) return;

  let known: Auth | undefined = makeAuth();
  /** An instance whose provider timed out is dropped; the next request makes another. */
  const ask = <T>(work: (auth: Auth) => Promise<T>): Promise<T> => {
    known ??= makeAuth();
    return within(work(known), () => {
      known = undefined;
    });
  };

  api.post(
    '/auth/sign-in/social',
    {
      schema: {
        summary: 'Begin to sign in elsewhere',
        tags: ['auth'],
        body: providerSignInRequest,
        response: { 200: providerSignInResponse },
      },
    },
    async (request, reply) => {
      const { provider, returnTo } = request.body;
      if (provider !== oidcProvider) throw new ProblemError('not-found');
      const { response, headers } = await ask((auth) =>
        auth.api.signInSocial({
          body: {
            provider,
            callbackURL: publicUrl + returnTo,
            errorCallbackURL: publicUrl + failedPath,
            disableRedirect: true,
          },
          headers: authHeaders(request),
          returnHeaders: true,
        }),
      );
      sendCookies(reply, headers);
      if (!response.url) throw new ProblemError('bad-gateway');
      return { url: response.url };
    },
  );

  api.get(
    `/auth/callback/${oidcProvider}`,
    {
      schema: {
        summary: 'Where the provider sends the browser',
        tags: ['auth'],
        querystring: callbackQuery,
        response: { 303: z.void() },
      },
    },
    async (request, reply) => {
      const response = await ask((auth) =>
        auth.api.callbackOAuth({
          method: 'GET',
          params: { id: oidcProvider },
          query: request.query,
          headers: authHeaders(request),
          asResponse: true,
        }),
      );
      sendCookies(reply, response.headers);
      const email = await ask((auth) => signedInAs(auth, response.headers));
      if (email !== undefined) devices.remember(reply, email);
      return leaveTo(reply, response.headers.get('location'), publicUrl);
    },
  );
}

/** The address of the account whose session the provider flow has just begun; undefined when it began none. */
async function signedInAs(auth: Auth, answered: Headers): Promise<string | undefined> {
  const cookie = answered
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  const headers = new Headers({ cookie });
  const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
  return found?.user.email;
}

/** Redirects to our own pages only, whatever location the provider flow produced. */
function leaveTo(reply: FastifyReply, location: string | null, publicUrl: string): FastifyReply {
  const target = location === null ? undefined : new URL(location, publicUrl);
  const own = target?.origin === publicUrl && !target.pathname.startsWith('/api/');
  return reply.redirect(own && target ? target.pathname + target.search : failedPath, 303);
}

async function within<T>(work: Promise<T>, onLate: () => void): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    onLate();
    reject(new ProblemError('gateway-timeout', 'The provider does not answer.'));
  }, providerTimeout);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
