import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPrices } from './price.book.ts';
import { refreshPrices } from './price.refresh.ts';

const clone = resolve(import.meta.dirname, '../../../..');
const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
const today = new Date('2026-11-28T12:00:00Z');

let root: string;
let server: Server;
let usdOf: (filters: Readonly<Record<string, string>>) => readonly string[];

/** The Price List API, at the edge of HTTP: one product a price. */
beforeEach(async () => {
  Object.assign(process.env, credentials);
  root = mkdtempSync(join(tmpdir(), 'gospelib-prices-'));
  cpSync(join(clone, 'infra/prices'), join(root, 'infra/prices'), { recursive: true });
  server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const { Filters } = JSON.parse(body) as { Filters: { Field: string; Value: string }[] };
    const prices = usdOf(Object.fromEntries(Filters.map(({ Field, Value }) => [Field, Value])));
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ PriceList: prices.map(priced) }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterEach(() => {
  for (const name of Object.keys(credentials)) delete process.env[name];
  server.close();
  rmSync(root, { recursive: true });
});

const priced = (usd: string) =>
  JSON.stringify({
    terms: { OnDemand: { a: { priceDimensions: { b: { pricePerUnit: { USD: usd } } } } } },
  });
const refresh = () => {
  const { port } = server.address() as AddressInfo;
  return refreshPrices(root, { AWS_ENDPOINT_URL_PRICING: `http://127.0.0.1:${port}` }, today);
};

test('what is paid by the hour gets its price and its day; all else stays', async () => {
  usdOf = ({ instanceType }) => [instanceType === 'db.r6g.large' ? '0.2400000000' : '0.0100000000'];
  const { refreshed, kept } = await refresh();
  expect(refreshed).toContainEqual({ id: 'rds.db.r6g.large', before: 0.225, usd: 0.24 });
  expect(kept).toContain('nat.hour');
  const { prices } = readPrices(root);
  expect(prices['rds.db.r6g.large']).toEqual({
    usd: 0.24,
    per: 'hour',
    source: { where: 'AWS Price List API, GetProducts', at: '2026-11-28' },
  });
  expect(prices['nat.hour']).toEqual(readPrices(clone).prices['nat.hour']);
});

test.each([
  ['no price', []],
  ['several prices', ['0.01', '0.02']],
])('%s is a fault, and nothing is written', async (said, answer) => {
  usdOf = () => answer;
  await expect(refresh()).rejects.toThrow(said);
  const file = 'infra/prices/us-east-1.json';
  expect(readFileSync(join(root, file), 'utf8')).toBe(readFileSync(join(clone, file), 'utf8'));
});
