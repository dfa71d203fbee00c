import { randomUUID } from 'node:crypto';
import type { Database } from '@gospelib/database';
import { betterAuth } from 'better-auth';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { type JwtOptions, jwt } from 'better-auth/plugins/jwt';
import type { AccountsConfig, OidcConfig, VersionedSecret } from '../config.ts';
import { cookiePrefix, isSecureSite } from '../http/cookie.names.ts';
import type { KeyRing } from '../key/key.ring.ts';
import type { PasswordHasher } from '../password/password.hasher.ts';
import { authTables } from './auth.tables.ts';

/** Called by better-auth while it works. */
export interface AuthEvents {
  sendVerification(user: AuthUser): Promise<void>;
  sendReset(user: AuthUser, token: string): Promise<void>;
  /** Somebody signed up with the address of an existing account. */
  signedUpAgain(user: AuthUser): Promise<void>;
  /** A mailed link was used to set a password, which proves that the address is theirs. */
  passwordReset(user: AuthUser): Promise<void>;
  /** An identity at another provider, which vouches for the address, is about to be linked to an account. */
  linking(account: { userId: string }, headers: Headers | undefined): Promise<void>;
  userCreated(user: { id: string }, headers: Headers | undefined): Promise<void>;
  sessionCreated(
    session: { id: string; userId: string },
    headers: Headers | undefined,
  ): Promise<void>;
}

export interface AuthUser {
  id: string;
  email: string;
  emailVerified: boolean;
}

export interface AuthOptions {
  config: AccountsConfig;
  /** Those of AUTH_SECRETS, the present one first. */
  secrets: readonly VersionedSecret[];
  pool: Database['pool'];
  keys: KeyRing;
  events: AuthEvents;
  hasher: Pick<PasswordHasher, 'hash' | 'verify'>;
  /** Called with errors that better-auth logs. */
  log: (message: string, details: readonly unknown[]) => void;
  /**
   * Set only on the separate instance for provider sign-in, so that a provider that does not answer delays nobody else.
   */
  oidc?: OidcConfig;
}

const authPath = '/api/v1/auth';
export const oidcProvider = 'oidc';

const day = 24 * 60 * 60;

/** The `aud` of every token: GospeLib's own services. */
const tokenAudience = 'gospelib';

export const signingAlgorithm = { alg: 'EdDSA', crv: 'Ed25519' } as const;

/** The JWT plugin signs with the keys of the ring and never makes its own. */
function jwtOptions(config: AccountsConfig, keys: KeyRing): JwtOptions {
  return {
    disableSettingJwtHeader: true,
    jwks: { keyPairConfig: signingAlgorithm },
    jwt: {
      issuer: config.PUBLIC_URL,
      audience: tokenAudience,
      expirationTime: `${config.TOKEN_LIFETIME_SECONDS}s`,
    },
    adapter: {
      getJwks: async () => [await keys.signing()],
      createJwk: () => Promise.reject(new Error('Keys are made by the rotation only.')),
    },
  };
}

/** better-auth as this service uses it: only so, behind our own routes. */
export type Auth = Pick<ReturnType<typeof createAuth>, 'api' | '$context'>;

export function createAuth(options: AuthOptions) {
  const { config, secrets, pool, keys, events, hasher, log, oidc } = options;
  return betterAuth({
    ...authTables,
    appName: 'GospeLib',
    baseURL: config.PUBLIC_URL,
    basePath: authPath,
    secrets: [...secrets],
    database: pool,
    telemetry: { enabled: false },
    // Our own limits hold across restarts and replicas, see throttle/.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      autoSignIn: false,
      minPasswordLength: 10,
      maxPasswordLength: 128,
      password: hasher,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: 3600,
      sendResetPassword: ({ user, token }) => events.sendReset(user, token),
      onExistingUserSignUp: ({ user }) => events.signedUpAgain(user),
      onPasswordReset: ({ user }) => events.passwordReset(user),
    },
    emailVerification: {
      sendOnSignUp: true,
      sendOnSignIn: false,
      // With a link of our own; better-auth's is not served.
      sendVerificationEmail: ({ user }) => events.sendVerification(user),
    },
    session: { ...authTables.session, expiresIn: 30 * day, updateAge: day, freshAge: 600 },
    account: {
      ...authTables.account,
      encryptOAuthTokens: true,
      // The owner of an address must not be kept out by a stranger who typed it first, see `linking`.
      accountLinking: {
        enabled: true,
        allowDifferentEmails: false,
        requireLocalEmailVerified: false,
      },
    },
    verification: { ...authTables.verification, storeIdentifier: 'hashed' },
    advanced: {
      cookiePrefix: cookiePrefix(config.PUBLIC_URL),
      // Its own prefix would be `__Secure-`.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isSecureSite(config.PUBLIC_URL) },
      // Pages are the same for everyone, so a link from another site loses nothing by arriving without the cookie.
      cookies: { session_token: { attributes: { sameSite: 'strict' } } },
      ipAddress: { ipAddressHeaders: ['x-forwarded-for'] },
      // Our own migrations create the tables, a test compares them, and readiness requires the newest.
      database: { generateId: () => randomUUID(), validateSchema: false },
    },
    databaseHooks: {
      user: { create: { after: (user, context) => events.userCreated(user, context?.headers) } },
      account: {
        create: {
          before: async (account, context) => {
            if (account.providerId === oidcProvider)
              await events.linking(account, context?.headers);
          },
        },
      },
      session: {
        create: { after: (session, context) => events.sessionCreated(session, context?.headers) },
      },
    },
    logger: {
      level: 'error',
      log: (_level, message, ...details) => log(message, details),
    },
    plugins: [
      jwt(jwtOptions(config, keys)),
      genericOAuth({
        config: oidc
          ? [
              {
                providerId: oidcProvider,
                name: oidc.name,
                discoveryUrl: oidc.discoveryUrl,
                clientId: oidc.clientId,
                clientSecret: oidc.clientSecret,
                scopes: ['openid', 'email', 'profile'],
                pkce: true,
                requireIdTokenVerification: true,
              },
            ]
          : [],
      }),
    ],
  });
}
