import { ConfigError } from '@gospelib/service-kit';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const needed = {
  CONTENT_URL: 'http://127.0.0.1:8100',
  READER_URL: 'http://127.0.0.1:3000',
  REDIS_URL: 'redis://:secret@127.0.0.1:6380',
};

describe('readConfig', () => {
  it('needs the services and the store, nothing else', () => {
    expect(readConfig(needed)).toMatchObject({
      PORT: 8080,
      HOST: '127.0.0.1',
      RATE_LIMIT_PER_MINUTE: 1200,
      CORS_ORIGINS: [],
      TRUST_PROXY: [],
    });
    expect(() => readConfig({})).toThrow(ConfigError);
  });

  it.each(['https://a.example/', 'a.example', '*', 'https://a.example,nonsense'])(
    'refuses %s as an origin',
    (CORS_ORIGINS) => {
      expect(() => readConfig({ ...needed, CORS_ORIGINS })).toThrow(/CORS_ORIGINS/);
    },
  );

  it.each(['everyone', '10.0.0.0/99', '300.1.1.1', '0', '6', '1.5'])(
    'refuses %s as a proxy',
    (TRUST_PROXY) => {
      expect(() => readConfig({ ...needed, TRUST_PROXY })).toThrow(/TRUST_PROXY/);
    },
  );

  it('accepts addresses, networks and the names of networks', () => {
    const TRUST_PROXY = 'loopback, 10.0.0.0/8, 2001:db8::/32, 192.0.2.1';
    expect(readConfig({ ...needed, TRUST_PROXY }).TRUST_PROXY).toHaveLength(4);
  });

  it('accepts how many proxies there are', () => {
    expect(readConfig({ ...needed, TRUST_PROXY: '2' }).TRUST_PROXY).toBe(2);
  });

  it('knows who signs the tokens when accounts is there', () => {
    const accounts = { ACCOUNTS_URL: 'http://127.0.0.1:8200', PUBLIC_URL: 'https://a.example' };
    expect(readConfig(needed).issuer).toBeUndefined();
    expect(readConfig({ ...needed, ...accounts }).issuer).toEqual({
      url: 'http://127.0.0.1:8200',
      issuer: 'https://a.example',
    });
  });

  it.each([
    ['PUBLIC_URL', { ACCOUNTS_URL: 'http://127.0.0.1:8200' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'https://a.example/path' }],
    ['ACCOUNTS_URL', { STUDY_URL: 'http://127.0.0.1:8300' }],
  ])('misses %s, or finds it wrong, in %j', (name, env) => {
    expect(() => readConfig({ ...needed, ...env })).toThrow(new RegExp(name));
  });
});
