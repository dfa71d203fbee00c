import { describe, expect, it } from 'vitest';
import { BulkToken } from './bulk.encode.ts';

const hex = (buffer: Buffer) => buffer.toString('hex');
const text = (value: string) => Buffer.from(`${value}\0`).toString('hex');
const header = `${text('Word')}02000000${text('id')}${text('n')}`;

describe('BulkToken', () => {
  it('writes a header, then nodes with a type before each property', () => {
    const token = new BulkToken('Word', { id: 'string', n: 'integer' });
    token.addNode(['ἀ', 258]);
    token.addNode([undefined, undefined]);
    expect(token.entities).toBe(2);
    expect(hex(token.take())).toBe(`${header}03${text('ἀ')}04${'0201000000000000'}0000`);
  });

  it('writes the ends of an edge as 64-bit numbers, and doubles and booleans', () => {
    const token = new BulkToken('R', { j: 'double', b: 'boolean' });
    token.addEdge(1, 2 ** 32, [0.5, true]);
    const ends = '0100000000000000' + '0000000001000000';
    expect(hex(token.take()).endsWith(`${ends}02${'000000000000e03f'}0101`)).toBe(true);
  });

  it('writes negative integers in two’s complement', () => {
    const token = new BulkToken('R', { n: 'integer' });
    token.addNode([-2]);
    expect(hex(token.take()).endsWith('04feffffffffffffff')).toBe(true);
  });

  it('starts anew after it was taken, with its header', () => {
    const token = new BulkToken('Word', { id: 'string', n: 'integer' });
    token.addNode(['a', 1]);
    token.take();
    expect([token.entities, token.bytes]).toEqual([0, 0]);
    token.addNode(['b', 1]);
    expect(hex(token.take())).toBe(`${header}03${text('b')}040100000000000000`);
  });

  it('grows beyond its first buffer', () => {
    const token = new BulkToken('T', { text: 'string' });
    const long = 'x'.repeat(3 << 20);
    token.addNode([long]);
    expect(token.take().toString().includes(long)).toBe(true);
  });

  it('refuses a text that the store would cut', () => {
    const token = new BulkToken('T', { text: 'string' });
    expect(() => token.addNode(['a\0b'])).toThrow(RangeError);
  });
});
