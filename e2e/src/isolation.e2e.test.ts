import { platform as catalogue, serviceNames } from '@gospelib/platform';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Account, openAccount } from './account.ts';
import { type Answer, type Ask, ask } from './http.client.ts';
import {
  addressOf,
  type Belongings,
  bodyFor,
  furnish,
  secret,
  snapshot,
} from './isolation/belongings.ts';
import { forgedNames, type Impostor, makeImpostors, otherSites } from './isolation/impostors.ts';
import {
  guardOf,
  lineFor,
  nameOf,
  ownOrigin,
  type Route,
  readDescribed,
  readRoutes,
} from './isolation/routes.ts';
import { platformAt } from './platform.ts';
import { readSigningKey } from './signing.key.ts';

const place = inject('place');
const platform = platformAt(place);
const { origin } = platform;

/** Where each service that describes its routes does so. */
const descriptions = {
  content: '/api/v1/openapi.json',
  accounts: '/api/v1/account/openapi.json',
  study: '/api/v1/study/openapi.json',
} as const;
/** Not described: probes, profiles, the descriptions themselves, and what is between services. */
const undescribed =
  /^\/(health|ready|metrics|debug\/pprof\/.*|internal\/.*|api\/v1\/(\w+\/)?openapi\.json)$/;
/** All that stand behind the gateway, whether it routes to them or not. */
const services = serviceNames(catalogue).filter((name) => name !== 'gateway');

/** An address that can be knocked at, through the gateway or at the service's own port. */
interface Door {
  readonly route: Route;
  readonly url: string;
}

let origins: Record<string, string>;
let routes: Route[];
let table: Route[];
let owner: Account;
let stranger: Account;
let theirs: Belongings;
let before: Record<string, string>;
let impostors: Impostor[];
let csrf: Impostor[];
let doors: Door[];
let knocked = 0;

beforeAll(async () => {
  const own = services.map(async (name) => [name, await ownOrigin(platform, name)] as const);
  origins = Object.fromEntries(await Promise.all(own));
  routes = (
    await Promise.all(services.map((name) => readRoutes(name, origins[name] ?? '')))
  ).flat();
  table = await readRoutes('gateway', origin);
  const [gone, key] = [await openAccount(place), await readSigningKey(place)];
  [owner, stranger] = [await openAccount(place, secret), await openAccount(place)];
  await ask(`${origin}/api/v1/auth/sign-out`, {
    method: 'POST',
    from: gone.from,
    headers: { cookie: gone.cookie, origin },
  });
  theirs = await furnish(owner, origin);
  before = await snapshot(owner, origin);
  const world = { origin, key, owner, stranger, endedCookie: gone.cookie };
  impostors = await makeImpostors(world);
  csrf = otherSites(world);
  const through = routes.filter(({ template }) => /^\/(api|internal)\//.test(template));
  doors = [
    ...routes.map((route) => ({
      route,
      url: `${origins[route.service]}${addressOf(route, theirs)}`,
    })),
    ...through.map((route) => ({ route, url: origin + addressOf(route, theirs) })),
    // What a line lets through beyond the routes that there are.
    ...table
      .filter((route) => route.template.includes('*') || !route.template.startsWith('/api/'))
      .map((route) => ({ route, url: origin + addressOf(route, theirs) })),
  ];
});

afterAll(() => {
  console.info(
    `isolation: ${routes.length} routes of ${services.length} services and ${table.length} of the gateway, ` +
      `${doors.length} doors × ${impostors.length + csrf.length} impostors: ${knocked} knocks`,
  );
});

async function knock(door: Door, who: Impostor, from: string): Promise<Answer> {
  knocked += 1;
  const sent: Ask = bodyFor(door.route);
  return ask(who.query ? `${door.url}?${who.query}` : door.url, {
    ...sent,
    method: door.route.method,
    from,
    headers: { ...sent.headers, ...who.headers },
  });
}

/** Does something at every door, some at a time; resolves to the faults found. */
async function atEach<T>(items: readonly T[], work: (item: T) => Promise<string | undefined>) {
  const faults: string[] = [];
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) {
      const fault = await work(item);
      if (fault !== undefined) faults.push(fault);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return faults;
}

/** Each knocks from an address of their own, so that nobody is refused for the number of knocks. */
const addressOfImpostor = (index: number): string => `127.77.${index}.1`;

const told = (door: Door, who: Impostor, { status, text }: Answer): string =>
  `${nameOf(door.route)} at ${new URL(door.url).port} as ${who.who}: ${status} ${text.slice(0, 160)}`;

describe('the routes that there are', () => {
  it.each(Object.entries(descriptions))('%s describes all that it serves', async (name, path) => {
    const described = await readDescribed(name, `${origins[name]}${path}`);
    const served = routes.filter(({ service }) => service === name);
    const names = new Set(served.map(nameOf));
    expect(described.map(nameOf).filter((one) => !names.has(one))).toEqual([]);
    const known = new Set(described.map(nameOf));
    const silent = served.filter(
      (route) =>
        !known.has(nameOf(route)) &&
        !(route.method === 'HEAD' && known.has(nameOf({ ...route, method: 'GET' }))) &&
        !undescribed.test(route.template),
    );
    expect(silent.map(nameOf)).toEqual([]);
    expect(described.filter((one) => one.guard !== guardOf(one)).map(nameOf)).toEqual([]);
    // The same document, for those outside.
    expect((await ask(origin + path)).text).toBe((await ask(`${origins[name]}${path}`)).text);
  });

  it('each is reached by one line of the gateway, and each line of the gateway reaches one', () => {
    const ownAnswers = /^\/(api(\/\*)?|health|ready|metrics|debug\/pprof\/\w+)$/;
    const lines = table.filter(({ template }) => !ownAnswers.test(template));
    const used = new Set<string>();
    const unreached: string[] = [];
    for (const route of routes) {
      const line = lineFor(lines, route);
      if (line !== undefined) used.add(nameOf(line));
      else if (route.template.startsWith('/api/')) unreached.push(nameOf(route));
    }
    expect(unreached).toEqual([]);
    expect(lines.map(nameOf).filter((line) => !used.has(line))).toEqual([]);
  });
});

describe('whoever is not who they say', () => {
  it('is refused everything that is not for everybody', async () => {
    const shut = doors.filter(({ route }) => guardOf(route) !== 'open');
    expect(shut.length).toBeGreaterThan(100);
    const tries = impostors.flatMap((who, index) =>
      shut
        .filter(({ route }) => who.fineFor === undefined || who.fineFor !== guardOf(route))
        .map((door) => ({ who, door, index })),
    );
    const faults = await atEach(tries, async ({ who, door, index }) => {
      const answer = await knock(door, who, addressOfImpostor(index));
      return isRefusal(door, answer) ? undefined : told(door, who, answer);
    });
    expect(faults).toEqual([]);
    expect(tries.length).toBeGreaterThan(3000);
  });

  it('changes nothing of what everybody gets', async () => {
    // At their own ports, content and reader look at nobody's name.
    const free = doors.filter(
      ({ route, url }) =>
        guardOf(route) === 'open' &&
        route.method !== 'HEAD' &&
        // Profiles take their time, one after the other; only the caller's address counts for them.
        !route.template.startsWith('/debug/') &&
        (url.startsWith(origin) || route.service === 'accounts' || route.service === 'study'),
    );
    expect(free.length).toBeGreaterThan(40);
    const nobody = impostors[0];
    const plain = new Map<Door, number>();
    await atEach(free, async (door) => {
      plain.set(door, nobody ? (await knock(door, nobody, addressOfImpostor(0))).status : 0);
      return undefined;
    });
    // An address with a query that it does not know is refused for that.
    const others = impostors.slice(1).filter(({ query }) => query === undefined);
    const tries = others.flatMap((who, index) =>
      // Signing out is for everybody; who brings a good session ends it.
      free
        .filter(({ route }) => who.fineFor !== 'session' || !route.template.endsWith('/sign-out'))
        .map((door) => ({ who, door, index: index + 1 })),
    );
    const faults = await atEach(tries, async ({ who, door, index }) => {
      const answer = await knock(door, who, addressOfImpostor(index));
      if (answer.text.includes(secret)) return `${told(door, who, answer)} tells of the owner`;
      return answer.status === plain.get(door) ? undefined : told(door, who, answer);
    });
    expect(faults).toEqual([]);
  });

  it('can do nothing by way of the owner’s own browser', async () => {
    const changing = doors.filter(
      ({ route: { template, method } }) =>
        /^\/api\/v1\/(auth|account|study)\/?/.test(template) &&
        !template.includes('*') &&
        !isSafe(method),
    );
    expect(changing.length).toBeGreaterThan(30);
    const tries = csrf.flatMap((who, index) => changing.map((door) => ({ who, door, index })));
    const faults = await atEach(tries, async ({ who, door, index }) => {
      const answer = await knock(door, who, `127.78.${index}.1`);
      // Study knows no cookie.
      const fine = guardOf(door.route) === 'token' ? [401] : [403];
      const refused =
        fine.includes(answer.status) && !('access-control-allow-origin' in answer.headers);
      return refused ? undefined : told(door, who, answer);
    });
    expect(faults).toEqual([]);
  });

  it('finds no second way to an address', async () => {
    const twisted = [
      '/API/v1/study/export',
      '/api/v1/study/export/',
      '/api/v1//study/export',
      '/api/v1/./study/export',
      '/api/v1/topics/../study/export',
      '/api/v1/%73tudy/export',
      '/api/v1/study%2fexport',
      '/api/v1/study/export%00',
      '/api/v1/study;x=/export',
      '/api/v1/study/shared/%2e%2e/export',
      '/api/v1/study/openapi.json/../export',
      '/api/v2/study/export',
      '/study/export',
      '/api/v1/account/',
      '/api/v1/auth/jwks/../../account/export',
      '/api/v1/auth/token/x',
      '/internal/v1/deletions?consumer=study',
      '/api/v1/internal/v1/deletions?consumer=study',
    ];
    const entrances = [origin, origins.study, origins.accounts].map((one) => one ?? '');
    const faults = await atEach(
      entrances.flatMap((entrance) => twisted.map((path) => entrance + path)),
      async (url) => {
        knocked += 1;
        const headers = { ...forgedNames(owner), accept: 'application/json' };
        const { status, text } = await ask(url, { headers, from: '127.79.1.1' });
        return status >= 400 && status < 500 && !text.includes(secret)
          ? undefined
          : `${url} ${status}`;
      },
    );
    expect(faults).toEqual([]);
  });
});

describe('somebody else, properly signed in', () => {
  it('finds, reads and changes nothing of the owner’s', async () => {
    const shut = doors.filter(({ route }) => ['token', 'session'].includes(guardOf(route)));
    const faults: string[] = [];
    // One after the other: the stranger may end their own session on the way, and begins another.
    for (const door of shut.filter(({ route }) => !route.template.includes('*'))) {
      if ((await sessionOf(stranger)) !== 200) stranger = await openAccount(place);
      const who: Impostor = {
        who: 'a stranger',
        headers: {
          ...forgedNames(owner),
          authorization: `Bearer ${await stranger.token()}`,
          cookie: stranger.cookie,
          origin,
        },
      };
      for (const version of versionsFor(door)) {
        const asked = { ...who, headers: { ...who.headers, ...version } };
        const answer = await knock(door, asked, stranger.from);
        if (answer.text.includes(secret) || answer.text.includes(owner.id)) {
          faults.push(`${told(door, who, answer)} tells of the owner`);
        }
        if (!isForBen(door, answer)) faults.push(told(door, who, answer));
      }
    }
    expect(faults).toEqual([]);
  });
});

it('left everything of the owner’s as it was', async () => {
  expect(before.export).toContain(secret);
  expect(before.account).toContain(secret);
  expect(await snapshot(owner, origin)).toEqual(before);
});

const isSafe = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** 401 for whoever brings nothing good; between services and gateway there is no way at all. */
function isRefusal({ route, url }: Door, { status, headers, text }: Answer): boolean {
  if (text.includes(secret)) return false;
  if (guardOf(route) === 'service' && url.startsWith(origin)) {
    // What is no address of the gateway is one of the pages, or none.
    return status >= 400 || headers['content-type']?.startsWith('text/html') === true;
  }
  // A line of the gateway lets a cookie through to where there is nothing.
  if (route.template.includes('*') && status === 404) return true;
  const problem = route.method === 'HEAD' || text.includes('/problems/unauthenticated');
  return status === 401 && problem;
}

function versionsFor({ route }: Door): Record<string, string>[] {
  const version = theirs.versions[route.template.split('/')[4] ?? ''];
  const conditional = route.template.includes(':id') && ['PUT', 'DELETE'].includes(route.method);
  return conditional && version ? [{}, { 'if-match': version }, { 'if-match': '"1"' }] : [{}];
}

/** The stranger is answered as if the owner were not there: their own things, or that there are none. Never by an error of ours. */
function isForBen({ route }: Door, { status, text }: Answer): boolean {
  if (status >= 500 || status === 405 || status === 429) return false;
  if (text.includes('/problems/no-such-route')) return false;
  if (!route.template.includes(':id')) return true;
  const own = /^\/api\/v1\/study\/\w+\/:id$/.test(route.template);
  // Under an id of the owner's they may make, change and delete a thing of their own; otherwise it does not exist for them.
  if (own && route.method === 'PUT') return [200, 201, 412, 428].includes(status);
  if (own && route.method === 'DELETE' && status === 200) return true;
  return status === 404 || status === 412;
}

async function sessionOf({ cookie, from }: Account): Promise<number> {
  return (await ask(`${origin}/api/v1/account`, { headers: { cookie }, from })).status;
}
