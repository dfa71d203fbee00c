import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { priceChoices } from './cost.choices.ts';
import { costOf } from './cost.model.ts';
import { type PriceBook, readPrices } from './price.book.ts';

const root = resolve(import.meta.dirname, '../../../..');
const source = { where: 'a page of prices', at: '2026-07-20' };
const book: PriceBook = {
  region: 'us-east-1',
  currency: 'USD',
  hoursPerMonth: 730,
  prices: {
    'rds.db.r6g.large': { usd: 0.2, per: 'hour', source: null },
    'rds.db.t4g.medium': { usd: 0.05, per: 'hour', source: null },
    'rds.gp3': { usd: 0.1, per: 'GB-month', source },
    's3.gb': { usd: 0.02, per: 'GB-month', source },
  },
};
const resource = (address: string, values: Record<string, unknown> = {}) => ({
  address,
  mode: 'managed' as const,
  type: address.split('.')[0] ?? '',
  name: address.split('.')[1] ?? '',
  values,
});
const database = resource('aws_db_instance.this', {
  instance_class: 'db.r6g.large',
  allocated_storage: 20,
  multi_az: true,
});

test('what has no source is in a column of its own, and both sums are told', () => {
  const report = costOf(
    [database, resource('aws_s3_bucket.a'), resource('aws_s3_bucket.b')],
    book,
    { 's3.gb': 50 },
  );
  expect(report.estimatedUsd).toBeCloseTo(2 * 730 * 0.2);
  expect(report.sourcedUsd).toBeCloseTo(2 * 20 * 0.1 + 50 * 0.02);
  expect(report.totalUsd).toBeCloseTo(report.estimatedUsd + report.sourcedUsd);
  expect(report.unknown).toEqual([]);
});

test('a type that nobody priced and a class without a price are named, never taken for free', () => {
  const report = costOf(
    [
      resource('aws_mq_broker.this'),
      resource('aws_instance.node', { instance_type: 'x9.huge' }),
      resource('aws_iam_role.this'),
    ],
    book,
    {},
  );
  expect(report.unknown).toEqual(['aws_mq_broker.this', 'aws_instance.node (ec2.x9.huge)']);
});

test('a choice changes the prices that it names and leaves the others', () => {
  const choices = priceChoices(costOf([database], book, {}), book);
  const of = (name: string) => choices.find((choice) => choice.name === name)?.totalUsd;
  expect(of('as it is, on demand')).toBeCloseTo(2 * 730 * 0.2 + 4);
  expect(of('smaller classes of stores')).toBeCloseTo(2 * 730 * 0.05 + 4);
  expect(of('smaller classes, committed')).toBeCloseTo(2 * 730 * 0.05 * 0.67 + 4);
});

test('each price that is said to have a source names it and its day', () => {
  const prices = Object.values(readPrices(root).prices);
  expect(prices.filter(({ source: from }) => from !== null).length).toBeGreaterThan(10);
  expect(prices.filter(({ source: from, note }) => from === null && note === undefined)).toEqual(
    [],
  );
});
