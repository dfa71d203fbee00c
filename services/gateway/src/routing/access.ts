import { ProblemError } from '@gospelib/service-kit';
import type { onRequestHookHandler } from 'fastify';
import type { Access } from './route.table.ts';

/**
 * The hook in front of a route. This is the place to verify tokens: until there is an issuer of them
 * nobody can prove who they are, and what needs it stays shut.
 */
export function requireAccess(access: Access): onRequestHookHandler[] {
  if (access === 'public') return [];
  return [
    (_request, _reply, done) => done(new ProblemError('unauthenticated', 'Signing in is needed.')),
  ];
}
