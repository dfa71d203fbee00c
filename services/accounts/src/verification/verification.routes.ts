import { emailRequest, mailSentResponse, verifyEmailQuery } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import { z } from 'zod';
import { authFaultOf } from '../auth/auth.error.ts';
import { authHeaders } from '../auth/auth.headers.ts';
import type { Auth } from '../auth/auth.ts';
import { clientAddress, subscriberOf } from '../http/client.address.ts';
import { mailBudget } from '../throttle/mail.budget.ts';
import { linkPolicy } from '../throttle/throttle.policy.ts';
import type { Throttle } from '../throttle/throttle.ts';

/** Confirms that an address belongs to whoever signed up with it. */
export function verificationRoutes(api: Service, auth: Auth, throttle: Throttle): void {
  api.get(
    '/auth/verify-email',
    {
      schema: {
        summary: 'The link of the mail',
        description: 'Redirects to `/account?verified=yes`, `=expired` or `=invalid`.',
        tags: ['auth'],
        querystring: verifyEmailQuery,
        response: { 303: z.void() },
      },
    },
    async (request, reply) => {
      await throttle.take(linkPolicy, subscriberOf(clientAddress(request)));
      const outcome = await verify(auth, request.query.token);
      return reply.redirect(`/account?verified=${outcome}`, 303);
    },
  );

  api.post(
    '/auth/send-verification-email',
    {
      schema: {
        summary: 'Ask for the link again',
        description: 'The answer is the same whether there is such an account or not.',
        tags: ['auth'],
        body: emailRequest,
        response: { 200: mailSentResponse },
      },
    },
    async (request) => {
      const { email } = request.body;
      await mailBudget(throttle, email, request);
      // Without the cookie: the answer does not depend on who asks, and better-auth then takes the same time for every
      // address.
      const headers = authHeaders(request);
      headers.delete('cookie');
      await auth.api.sendVerificationEmail({ body: { email }, headers });
      return {
        status: 'mail-sent' as const,
        detail: 'If that address waits to be confirmed, a mail with the link is on its way.',
      };
    },
  );
}

async function verify(auth: Auth, token: string): Promise<'yes' | 'expired' | 'invalid'> {
  try {
    await auth.api.verifyEmail({ query: { token } });
    return 'yes';
  } catch (error) {
    const fault = authFaultOf(error);
    if (fault === undefined || fault.status >= 500) throw error;
    return fault.code === 'TOKEN_EXPIRED' ? 'expired' : 'invalid';
  }
}
