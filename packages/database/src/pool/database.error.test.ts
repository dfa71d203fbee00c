import { describe, expect, it } from 'vitest';
import { isStoreUnavailable, StoreUnavailableError, sqlStateOf } from './database.error.ts';
import { asStoreError } from './database.ts';

const withCode = (code: string, more: object = {}) =>
  Object.assign(new Error('text'), { code, ...more });

describe('isStoreUnavailable', () => {
  it.each([
    [withCode('ECONNREFUSED', { syscall: 'connect' })],
    [withCode('ECONNRESET', { syscall: 'read' })],
    [withCode('57P01')],
    [withCode('57P03')],
    [withCode('53300')],
    [withCode('08006')],
    [withCode('57014')],
    [new Error('Connection terminated unexpectedly')],
    [new Error('Query read timeout')],
    [new Error('timeout exceeded when trying to connect')],
    [new Error('timeout expired')],
    [new StoreUnavailableError('away')],
  ])('is true of %s', (error) => {
    expect(isStoreUnavailable(error)).toBe(true);
    expect(asStoreError(error)).toBeInstanceOf(StoreUnavailableError);
  });

  it.each([
    [withCode('23505', { severity: 'ERROR' })],
    [withCode('42P01')],
    [withCode('22P02')],
    [new Error('syntax error')],
    ['text'],
    [undefined],
  ])('is false of %s', (error) => {
    expect(isStoreUnavailable(error)).toBe(false);
    expect(asStoreError(error)).toBe(error);
  });
});

describe('sqlStateOf', () => {
  it('is the code of a refusal only', () => {
    expect(sqlStateOf(withCode('23505', { severity: 'ERROR' }))).toBe('23505');
    expect(sqlStateOf(withCode('ECONNREFUSED', { syscall: 'connect' }))).toBeUndefined();
    expect(sqlStateOf(new Error('x'))).toBeUndefined();
  });
});
