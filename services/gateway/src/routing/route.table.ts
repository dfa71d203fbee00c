import { studyLimits } from '@gospelib/contracts';
import type { BodyRule } from '../proxy/request.body.ts';
import type { ServiceName } from '../proxy/service.rules.ts';
import { type Cost, mapCost } from '../rate-limit/request.cost.ts';

/**
 * Who may call a route: anyone; callers with a cookie, whose session accounts checks; or callers with a valid token,
 * which is checked here and again by the service.
 */
export type Access = 'public' | 'session' | 'signed-in';

export interface RouteRule {
  /** A Fastify route template; the most specific one wins. */
  path: string;
  service: ServiceName;
  access: Access;
  methods: readonly ('GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE')[];
  /** The route tries passwords or mailed links: the stricter limit applies, too. */
  signIn?: true;
  /** The body that it accepts; a small one by default. */
  body?: BodyRule;
  /** What a request counts for in every limit; 1 by default. */
  cost?: Cost;
}

const read = ['GET', 'HEAD'] as const;

const content = { service: 'content', access: 'public', methods: read } as const;
const reader = { service: 'reader', access: 'public', methods: read } as const;

const open = { service: 'accounts', access: 'public', methods: read } as const;
const session = { service: 'accounts', access: 'session', methods: read } as const;
const signIn = true;
/** The cost of everything that somebody has, out or in. */
const download = 10;

/** The largest collection with its text escaped: study's own limit. */
const studyBody: BodyRule = { bytes: 1024 * 1024 };
const importBody: BodyRule = { bytes: studyLimits.importBytes, streamedWithinMs: 120_000 };
const study = {
  service: 'study',
  access: 'signed-in',
  methods: [...read, 'POST', 'PUT', 'DELETE'],
  body: studyBody,
} as const;

/**
 * Everything that passes the gateway, and where to: a new service is a new line.
 * Under /api anything else does not exist (404); a wrong method is refused (405). What has an objective of its own
 * (packages/observability) has a line of its own, because metrics are counted by route.
 */
export const routeTable: readonly RouteRule[] = [
  { ...reader, path: '/*' },
  { ...content, path: '/api/v1/*' },
  { ...content, path: '/api/v1/chapters/:chapter' },
  { ...content, path: '/api/v1/search' },
  { ...content, path: '/api/v1/graph/*', cost: mapCost },

  { ...open, path: '/api/v1/auth/*', methods: [...read, 'POST'], signIn },
  { ...open, path: '/api/v1/auth/sign-in/email', methods: ['POST'], signIn },
  { ...open, path: '/api/v1/auth/sign-out', methods: ['POST'] },
  { ...open, path: '/api/v1/auth/providers' },
  { ...open, path: '/api/v1/auth/jwks' },
  { ...session, path: '/api/v1/auth/token' },
  { ...session, path: '/api/v1/account', methods: [...read, 'PATCH'] },
  { ...session, path: '/api/v1/account', methods: ['DELETE'], signIn },
  { ...session, path: '/api/v1/account/*', methods: [...read, 'DELETE'] },
  { ...session, path: '/api/v1/account/export', cost: download },
  { ...session, path: '/api/v1/account/password', methods: ['POST'], signIn },
  { ...open, path: '/api/v1/account/openapi.json' },

  { ...study, path: '/api/v1/study/*' },
  { ...study, path: '/api/v1/study/notes/:id', methods: [...read, 'PUT', 'DELETE'] },
  { ...study, path: '/api/v1/study/search', methods: read, cost: 5 },
  { ...study, path: '/api/v1/study/export', methods: read, cost: download },
  { ...study, path: '/api/v1/study/import', methods: ['POST'], body: importBody, cost: download },
  { ...study, path: '/api/v1/study/shared/:link', methods: read, access: 'public' },
  { ...study, path: '/api/v1/study/openapi.json', methods: read, access: 'public' },
];
