import type { Database } from '@gospelib/database';
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import { clientAddress, networkOf } from '../http/client.address.ts';

/** Security events of an account. A new kind is a new line here. */
export type EventKind =
  | 'account-created'
  | 'account-deleted'
  | 'email-verified'
  | 'password-changed'
  | 'password-dropped'
  | 'password-reset'
  | 'password-reset-requested'
  | 'session-revoked'
  | 'sessions-revoked'
  | 'sign-in-failed'
  | 'sign-in-refused-unverified'
  | 'signed-in'
  | 'signed-out'
  | 'sign-up-repeated'
  | 'data-exported';

export interface EventSubject {
  userId?: string | undefined;
  sessionId?: string | undefined;
}

/** Where an event came from; empty for one that follows from another event. */
export interface EventSource {
  network?: string | undefined;
  userAgent?: string | undefined;
  requestId?: string | undefined;
}

const longestAgent = 200;

export function eventSource(request: FastifyRequest): EventSource {
  return {
    network: networkOf(clientAddress(request)),
    userAgent: userAgentOf(request),
    requestId: request.id,
  };
}

/** Truncated, and without characters that a terminal or log viewer might interpret. */
export function userAgentOf(request: FastifyRequest): string | undefined {
  return request.headers['user-agent']?.replace(/[^\x20-\x7e]/g, '?').slice(0, longestAgent);
}

/**
 * The append-only log of security events. It holds no secret, no e-mail address, and of an IP address only its network.
 * A failure to write is logged and does not fail the request.
 */
export class EventLog {
  readonly #database: Database;
  readonly #log: FastifyBaseLogger;
  readonly #count: (kind: EventKind) => void;

  constructor(database: Database, log: FastifyBaseLogger, count: (kind: EventKind) => void) {
    this.#database = database;
    this.#log = log;
    this.#count = count;
  }

  /** The source of an event that better-auth reports, from the headers that it was given. */
  sourceOf(headers: Headers | undefined): EventSource {
    return {
      network: networkOf(headers?.get('x-forwarded-for') ?? ''),
      userAgent: headers?.get('user-agent') ?? undefined,
      requestId: headers?.get('x-request-id') ?? undefined,
    };
  }

  async record(kind: EventKind, subject: EventSubject, source: EventSource = {}): Promise<void> {
    const { userId, sessionId } = subject;
    const { network, userAgent, requestId } = source;
    this.#count(kind);
    this.#log.info({ event: kind, userId, sessionId, network, requestId }, 'security event');
    try {
      await this.#database.query(
        'event record',
        `INSERT INTO events (kind, user_id, session_id, network, user_agent, request_id)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [kind, userId, sessionId, network, userAgent, requestId],
      );
    } catch (error) {
      this.#log.error({ err: error, event: kind, requestId }, 'security event not recorded');
    }
  }
}
