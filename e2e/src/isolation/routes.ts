import { ask } from '../http.client.ts';
import type { Platform } from '../platform.ts';

/** One method of one address template, as the service itself tells of it. */
export interface Route {
  readonly service: string;
  readonly method: string;
  /** As in the code: `/api/v1/study/notes/:id`, `/api/v1/*`. */
  readonly template: string;
}

/** Who may call: anybody, who brings a token, who brings a session's cookie, another service. */
export type Guard = 'open' | 'token' | 'session' | 'service';

/** The only addresses that are for everybody. What is not here must be refused, whoever added it. */
const open: readonly RegExp[] = [
  /^\/(health|ready|metrics|debug\/pprof\/(profile|heap))$/,
  // All there is to read, and the pages.
  /^\/api\/v1\/(\*|openapi\.json|corpus|volumes|books\/:book|chapters\/:chapter|resolve|search)$/,
  /^\/api\/v1\/(passages\/:ref|passages\/:id\/connections|words|words\/:strongs|names\/:id)$/,
  /^\/api\/v1\/(topics|topics\/:slug|graph\/(:id|\*))$/,
  /^\/(\*|assets\/\*|fonts\/\*|api|api\/\*)?$/,
  // What tells how to sign in, and signing in itself.
  /^\/api\/v1\/auth\/(\*|sign-(up|in)\/email|sign-out|jwks|providers)$/,
  /^\/api\/v1\/auth\/(verify-email|send-verification-email|request-password-reset|reset-password)$/,
  /^\/api\/v1\/(account|study)\/openapi\.json$/,
  // A list that its owner gave the link of.
  /^\/api\/v1\/study\/shared\/:link$/,
];

/** @throws Error for an address of which nobody has said whose it is */
export function guardOf({ template }: Pick<Route, 'template'>): Guard {
  if (open.some((pattern) => pattern.test(template))) return 'open';
  if (template.startsWith('/api/v1/study/')) return 'token';
  if (/^\/api\/v1\/(auth|account)(\/|$)/.test(template)) return 'session';
  if (template.startsWith('/internal/')) return 'service';
  throw new Error(`Nobody has said who may call ${template}.`);
}

/** Every route of a service, from its own numbers: also what no description shows. @throws Error when it tells of none */
export async function readRoutes(service: string, origin: string): Promise<Route[]> {
  const { text } = await ask(`${origin}/metrics`);
  const lines = text.matchAll(
    /^gospelib_http_route_info\{.*?http_request_method="([A-Z]+)",http_route="([^"]+)".*\} 1$/gm,
  );
  const routes = [...lines].map(([, method = '', template = '']) => ({
    service,
    method,
    template,
  }));
  if (routes.length === 0) throw new Error(`${service} tells of no routes at ${origin}/metrics.`);
  return routes;
}

/** An operation as its description tells of it. */
export interface DescribedRoute extends Route {
  readonly guard: Guard;
}

/** Every operation that a service describes, and who may call it. @throws Error without a description, or with an empty one */
export async function readDescribed(service: string, url: string): Promise<DescribedRoute[]> {
  const answer = await ask(url);
  if (answer.status !== 200) throw new Error(`${service} has no description: ${answer.status}.`);
  type Operations = Record<string, { security?: Record<string, unknown>[] }>;
  const { paths } = answer.json<{ paths: Record<string, Operations> }>();
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { security = [] }]) => ({
      service,
      method: method.toUpperCase(),
      template: path.replaceAll(/\{(\w+)\}/g, ':$1'),
      guard: (Object.keys(security[0] ?? {})[0] ?? 'open') as Guard,
    })),
  );
  if (routes.length === 0) throw new Error(`The description of ${service} holds no routes.`);
  return routes;
}

/** Where a part listens by itself. */
export async function ownOrigin(platform: Platform, name: string): Promise<string> {
  const { port } = await platform.process(name);
  if (port === undefined) throw new Error(`./gl status tells no port of ${name}`);
  return `http://127.0.0.1:${port}`;
}

/** The line of the gateway's table that a path takes: of those that match, the most specific one. */
export function lineFor(table: readonly Route[], { method, template }: Route): Route | undefined {
  return table
    .filter((line) => line.method === method && matches(line.template, template))
    .sort((a, b) => specificity(b) - specificity(a))[0];
}

/** `:name` in a line stands for one part of the address, `*` for all the rest. */
function matches(line: string, template: string): boolean {
  const pattern = line.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+').replace(/\*$/, '.*');
  return new RegExp(`^${pattern}$`).test(template);
}

function specificity({ template }: Route): number {
  return template.replace(/[:*].*$/, '').length * 2 + (template.includes('*') ? 0 : 1);
}

export function nameOf({ service, method, template }: Route): string {
  return `${service}: ${method} ${template}`;
}
