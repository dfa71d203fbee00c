import {
  changePasswordRequest,
  emailRequest,
  mailSentResponse,
  resetPasswordRequest,
} from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import { z } from 'zod';
import type { PasswordService } from './password.service.ts';

/** For readers who cannot sign in. */
export function passwordRoutes(api: Service, passwords: PasswordService): void {
  api.post(
    '/auth/request-password-reset',
    {
      schema: {
        summary: 'Ask for a link to choose a new password',
        description: 'The answer is the same whether there is an account of that address or not.',
        tags: ['auth'],
        body: emailRequest,
        response: { 200: mailSentResponse },
      },
    },
    (request) => passwords.requestReset(request.body.email, request),
  );

  api.post(
    '/auth/reset-password',
    {
      schema: {
        summary: 'Choose a new password with the token of the mailed link',
        description: 'Ends every session of the account.',
        tags: ['auth'],
        body: resetPasswordRequest,
        response: { 204: z.void() },
      },
    },
    async (request, reply) => {
      await passwords.reset(request.body, request);
      return reply.code(204).send();
    },
  );
}

/** For readers who are signed in; `scope` must require it. */
export function changePasswordRoutes(scope: Service, passwords: PasswordService): void {
  scope.post(
    '/account/password',
    {
      schema: {
        summary: 'Change your password',
        description: 'Ends every other session.',
        tags: ['account'],
        body: changePasswordRequest,
        response: { 204: z.void() },
      },
    },
    async (request, reply) => {
      await passwords.change(request.body, request, reply);
      return reply.code(204).send();
    },
  );
}
