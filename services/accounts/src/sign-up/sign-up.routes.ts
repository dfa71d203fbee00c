import { mailSentResponse, signUpRequest } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import type { SignUp } from './sign-up.service.ts';

export function signUpRoutes(api: Service, signUp: SignUp): void {
  api.post(
    '/auth/sign-up/email',
    {
      schema: {
        summary: 'Ask for an account; a mail follows',
        description: 'The answer is the same whether there is an account of that address or not.',
        tags: ['auth'],
        body: signUpRequest,
        response: { 200: mailSentResponse },
      },
    },
    (request) => signUp(request.body, request),
  );
}
