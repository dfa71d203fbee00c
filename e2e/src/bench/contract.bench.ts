import { openAccount } from '../account.ts';
import {
  type ContractRun,
  checkContract,
  installSchemathesis,
  NoSchemathesisError,
} from '../contract/schemathesis.ts';
import type { StartedPlatform } from '../platform.ts';
import { atMost, type Figure } from './figure.ts';

/**
 * Schemathesis against the API of each service through the gateway, signed in and out: answers keep to what the
 * description says, whatever is sent. Nothing where it cannot be installed, which is said on standard error.
 */
export async function benchContract(
  platform: StartedPlatform,
  { seed }: { readonly seed?: number },
): Promise<Figure[]> {
  let program: string;
  try {
    program = await installSchemathesis();
  } catch (error) {
    if (!(error instanceof NoSchemathesisError)) throw error;
    process.stderr.write(`CONTRACT NOT CHECKED: schemathesis cannot run: ${error.message}\n`);
    return [];
  }
  const { origin } = platform;
  const account = await openAccount(platform.place);
  const runs: [string, ContractRun][] = [
    ['content', { url: '/api/v1/openapi.json', headers: {} }],
    ['accounts, signed out', { url: '/api/v1/account/openapi.json', headers: { origin } }],
    [
      'study, signed out',
      // Who is not signed in is told so first, whatever the method.
      { url: '/api/v1/study/openapi.json', headers: {}, exceptCheck: 'unsupported_method' },
    ],
    [
      'study, signed in',
      {
        url: '/api/v1/study/openapi.json',
        headers: {},
        proof: { token: await account.token() },
      },
    ],
    [
      'accounts, signed in',
      {
        url: '/api/v1/account/openapi.json',
        headers: { origin },
        proof: { session: sessionOf(account.cookie) },
        // They end the session that all others need; signed out they are checked as the rest is.
        except: [
          ...['--exclude-method', 'DELETE', '--exclude-path', '/api/v1/auth/sign-out'],
          ...['--exclude-path', '/api/v1/account/password'],
        ],
      },
    ],
  ];
  const figures: Figure[] = [];
  for (const [name, contract] of runs) {
    const url = origin + contract.url;
    const { cases, findings, text } = await checkContract(program, { ...contract, url, seed });
    if (findings > 0) process.stderr.write(text);
    figures.push(atMost(`contract of ${name}: findings`, findings, '', 0, `${cases} requests`));
  }
  return figures;
}

/** The value of the session's cookie in a Cookie header. */
function sessionOf(cookie: string): string {
  const value = /session_token=([^;]+)/.exec(cookie)?.[1];
  if (value === undefined) throw new Error('Signing in set no session cookie.');
  return value;
}
