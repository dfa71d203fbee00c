/** The services behind the gateway. */
export type UpstreamName = 'content' | 'reader';

/** Who may call: anyone, or only who proved who they are. */
export type Access = 'public' | 'signed-in';

export interface RouteRule {
  /** A Fastify route template; the most specific one wins. */
  path: string;
  upstream: UpstreamName;
  access: Access;
  methods: readonly ('GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE')[];
}

const read = ['GET', 'HEAD'] as const;

/**
 * What passes the gateway, and to where: a new service is a new line.
 * What has no line under /api does not exist (404); a wrong method is refused (405).
 */
export const routeTable: readonly RouteRule[] = [
  { path: '/api/v1/*', upstream: 'content', access: 'public', methods: read },
  { path: '/*', upstream: 'reader', access: 'public', methods: read },
];
