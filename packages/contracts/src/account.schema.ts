import { z } from 'zod';

const instant = z.iso.datetime().describe('UTC, ISO 8601.');
const email = z
  .email()
  .max(254)
  .refine((address) => address.indexOf('@') <= 64, 'at most 64 characters before the @')
  .describe('Case does not matter.');
const newPassword = z
  .string()
  .min(10)
  .max(128)
  .describe('10 to 128 characters, not one of the most common ones, not made of the e-mail.');
/** A password at sign-in: earlier rules may have allowed what the present ones refuse. */
const password = z.string().min(1).max(128);
const displayName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  // Spelled out, since other languages that read the schema know no \p{Cc}.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  .regex(/^[^\u0000-\u001f\u007f-\u009f]*$/, 'must not hold control characters');
const identifier = z.string().regex(/^[\w-]{1,64}$/);
const oneTimeToken = z
  .string()
  .min(16)
  .max(2048)
  .regex(/^[\w.-]+$/, 'must be the token of the link');

/** The claims of a token; rely on no others. */
export const tokenClaims = z.object({
  sub: z.string().min(1).max(64).describe('The user.'),
  sid: z.string().min(1).max(64).describe('The session it was made for.'),
  iat: z.int().positive().describe('Made at, seconds since 1970.'),
  exp: z.int().positive().describe('Not valid from then on, at most 600 seconds after `iat`.'),
  iss: z.string(),
  aud: z.string(),
});
export type TokenClaims = z.infer<typeof tokenClaims>;

/** `GET auth/token` */
export const tokenResponse = z.object({
  token: z.string().describe('A signed JWT, for `Authorization: Bearer`.'),
  expiresAt: instant,
});
export type TokenResponse = z.infer<typeof tokenResponse>;

/** `GET auth/jwks` (RFC 7517): public keys only. */
export const jwksResponse = z.object({
  keys: z.array(
    z.object({
      kid: z.string(),
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      alg: z.literal('EdDSA'),
      x: z.string(),
    }),
  ),
});
export type JwksResponse = z.infer<typeof jwksResponse>;

/** `POST auth/sign-up/email` */
export const signUpRequest = z.strictObject({ email, password: newPassword, name: displayName });
export type SignUpRequest = z.infer<typeof signUpRequest>;

/** `POST auth/sign-in/email`; the session is a cookie that scripts cannot read. */
export const signInRequest = z.strictObject({
  email,
  password,
  remember: z.boolean().default(true).describe('False: signed out when the browser closes.'),
});
export type SignInRequest = z.infer<typeof signInRequest>;

/** `POST auth/sign-in/social` */
export const providerSignInRequest = z.strictObject({
  provider: z.string().min(1).max(40),
  returnTo: z
    .string()
    .max(300)
    // One slash that no second slash or backslash follows: every browser reads that as an address of this site.
    .regex(/^\/(?![/\\])[\x21-\x7e]*$/, 'must be a path of this site')
    .default('/account'),
});
export type ProviderSignInRequest = z.infer<typeof providerSignInRequest>;

export const providerSignInResponse = z.object({
  url: z.url().describe('Where to send the browser.'),
});
export type ProviderSignInResponse = z.infer<typeof providerSignInResponse>;

/** `POST auth/request-password-reset` and `POST auth/send-verification-email` */
export const emailRequest = z.strictObject({ email });
export type EmailRequest = z.infer<typeof emailRequest>;

/** The same whether or not the address has an account. */
export const mailSentResponse = z.object({
  status: z.literal('mail-sent'),
  detail: z.string(),
});
export type MailSentResponse = z.infer<typeof mailSentResponse>;

/** `POST auth/reset-password` */
export const resetPasswordRequest = z.strictObject({ token: oneTimeToken, newPassword });
export type ResetPasswordRequest = z.infer<typeof resetPasswordRequest>;

/** `POST auth/verify-email`: the token of the mailed link with one of the two passwords. */
export const confirmAddressRequest = z
  .strictObject({
    token: oneTimeToken,
    password: password.optional().describe('The one given at sign-up.'),
    newPassword: newPassword.optional().describe('Replaces it, and ends every session.'),
  })
  .refine((input) => (input.password === undefined) !== (input.newPassword === undefined), {
    path: ['password'],
    message: 'or newPassword must be given, one of the two',
  });
export type ConfirmAddressRequest = z.infer<typeof confirmAddressRequest>;

/** `GET auth/verify-email`, the link of older mails; answers with a redirect to the account page. */
export const verifyEmailQuery = z.strictObject({ token: oneTimeToken });

/** `GET auth/providers` */
export const providersResponse = z.object({
  providers: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type ProvidersResponse = z.infer<typeof providersResponse>;

/** `GET account`; also the answer of a sign-in. */
export const accountResponse = z.object({
  id: z.string(),
  email: z.string(),
  emailVerified: z.boolean(),
  name: z.string(),
  createdAt: instant,
  hasPassword: z.boolean(),
  providers: z.array(z.string()).describe('Other ways this account signs in.'),
});
export type AccountResponse = z.infer<typeof accountResponse>;

/** `PATCH account` */
export const accountUpdate = z.strictObject({ name: displayName });
export type AccountUpdate = z.infer<typeof accountUpdate>;

/** `POST account/password`: ends every other session. */
export const changePasswordRequest = z.strictObject({ currentPassword: password, newPassword });
export type ChangePasswordRequest = z.infer<typeof changePasswordRequest>;

/** `GET account/sessions`, newest first. */
export const sessionsResponse = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      createdAt: instant,
      lastUsedAt: instant.describe('To the day.'),
      expiresAt: instant,
      userAgent: z.string().nullable(),
      address: z.string().nullable(),
      current: z.boolean(),
    }),
  ),
});
export type SessionsResponse = z.infer<typeof sessionsResponse>;

export const sessionParams = z.strictObject({ id: identifier });

/** One security event of an account. */
export const securityEvent = z.object({
  at: instant,
  kind: z.string().describe('e.g. `signed-in`, `sign-in-failed`, `password-changed`.'),
  network: z.string().nullable().describe('The network it came from: /24 of IPv4, /48 of IPv6.'),
  userAgent: z.string().nullable(),
});
export type SecurityEvent = z.infer<typeof securityEvent>;

/** `GET account/events`, newest first, at most 100. */
export const securityEventsResponse = z.object({ items: z.array(securityEvent) });
export type SecurityEventsResponse = z.infer<typeof securityEventsResponse>;

/** `GET account/export`: everything accounts stores about a reader, except secrets (password hash, session keys). */
export const accountExport = z.object({
  format: z.literal('gospelib-account-1'),
  exportedAt: instant,
  account: accountResponse,
  signInWays: z.array(
    z.object({ provider: z.string(), accountId: z.string(), createdAt: instant }),
  ),
  sessions: sessionsResponse.shape.items,
  events: z.array(securityEvent),
});
export type AccountExport = z.infer<typeof accountExport>;

/** `DELETE account`: the password if the account has one, otherwise a session younger than ten minutes. */
export const deleteAccountRequest = z.strictObject({ password: password.optional() });
export type DeleteAccountRequest = z.infer<typeof deleteAccountRequest>;

export const deleteAccountResponse = z.object({
  deletedAt: instant,
  finalAt: instant.describe('From then on nothing written under this account can appear again.'),
  explanation: z.string(),
});
export type DeleteAccountResponse = z.infer<typeof deleteAccountResponse>;

/**
 * `GET /internal/v1/deletions?consumer=study` (services only, `Authorization: Bearer <internal secret>`): deleted
 * accounts whose deletion this consumer has not confirmed, oldest first. Delete everything of a user as soon as it is
 * listed. Tokens issued before may still write until `finalAt`: delete again then, and confirm.
 */
export const deletionsQuery = z.strictObject({
  consumer: z.enum(['study']),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export const deletionsResponse = z.object({
  items: z.array(z.object({ userId: z.string(), deletedAt: instant, finalAt: instant })),
});
export type DeletionsResponse = z.infer<typeof deletionsResponse>;

/**
 * `POST /internal/v1/deletions/{userId}/receipt`: 204, also when repeated; 409 before `finalAt`; 404 if it was never
 * deleted.
 */
export const deletionParams = z.strictObject({ userId: identifier });
export const deletionReceipt = z.strictObject({ consumer: z.enum(['study']) });
export type DeletionReceipt = z.infer<typeof deletionReceipt>;
