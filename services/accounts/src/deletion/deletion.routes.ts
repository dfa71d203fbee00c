import { deleteAccountRequest, deleteAccountResponse } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import type { DeleteAccount } from './deletion.service.ts';

/** `scope` must require signing in. */
export function deletionRoutes(scope: Service, deleteOwn: DeleteAccount): void {
  scope.delete(
    '/account',
    {
      schema: {
        summary: 'Delete your account for good',
        description:
          'Asks for the password, or, of an account without one, for a session younger than ten minutes (403 otherwise).',
        tags: ['account'],
        body: deleteAccountRequest,
        response: { 200: deleteAccountResponse },
      },
    },
    (request, reply) => deleteOwn(request.body, request, reply),
  );
}
