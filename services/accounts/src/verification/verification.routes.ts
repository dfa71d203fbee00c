import {
  confirmAddressRequest,
  emailRequest,
  mailSentResponse,
  verifyEmailQuery,
} from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import { z } from 'zod';
import type { VerificationService } from './verification.service.ts';

export function verificationRoutes(api: Service, verification: VerificationService): void {
  api.get(
    '/auth/verify-email',
    {
      schema: {
        summary: 'The link of older mails',
        description:
          'Changes nothing: mail scanners open links. Redirects to `/account?verified=expired`, which offers a new one.',
        tags: ['auth'],
        querystring: verifyEmailQuery,
        response: { 303: z.void() },
      },
    },
    async (_request, reply) => reply.redirect('/account?verified=expired', 303),
  );

  api.post(
    '/auth/verify-email',
    {
      schema: {
        summary: 'Confirm an address with the token of the mailed link',
        description:
          'Takes the password given at sign-up, or a new one, which replaces it and ends every session.',
        tags: ['auth'],
        body: confirmAddressRequest,
        response: { 204: z.void() },
      },
    },
    async (request, reply) => {
      await verification.confirm(request.body, request);
      return reply.code(204).send();
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
    (request) => verification.ask(request.body.email, request),
  );
}
