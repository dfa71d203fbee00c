import { accountResponse, signInRequest } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import { z } from 'zod';
import type { SignIn, SignOut } from './sign-in.service.ts';

export function signInRoutes(api: Service, signIn: SignIn, signOut: SignOut): void {
  api.post(
    '/auth/sign-in/email',
    {
      schema: {
        summary: 'Sign in',
        description:
          'Sets the session cookie. 401 for a wrong e-mail or password, 403 when the password is right and the address not confirmed yet, 429 with Retry-After after too many attempts.',
        tags: ['auth'],
        body: signInRequest,
        response: { 200: accountResponse },
      },
    },
    (request, reply) => signIn(request.body, request, reply),
  );

  api.post(
    '/auth/sign-out',
    { schema: { summary: 'End this session', tags: ['auth'], response: { 204: z.void() } } },
    async (request, reply) => {
      await signOut(request, reply);
      return reply.code(204).send();
    },
  );
}
