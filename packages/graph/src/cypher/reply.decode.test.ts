import { describe, expect, it } from 'vitest';
import { GraphQueryError } from '../graph.error.ts';
import { decodeReply } from './reply.decode.ts';

const reply = (...rows: unknown[][]) => [
  [
    [1, 'id'],
    [1, 'value'],
  ],
  rows,
  ['Cached execution: 1'],
];

describe('decodeReply', () => {
  it('reads every scalar and lists of them, by column', () => {
    const rows = reply(
      [
        [2, 'a'],
        [3, 7],
      ],
      [
        [2, 'b'],
        [4, 'true'],
      ],
      [
        [2, 'c'],
        [5, '0.3158'],
      ],
      [
        [2, 'd'],
        [1, null],
      ],
      [
        [2, 'e'],
        [
          6,
          [
            [3, 1],
            [6, [[2, 'x']]],
          ],
        ],
      ],
    );
    expect(decodeReply(rows, (row) => [row.id, row.value])).toEqual([
      ['a', 7],
      ['b', true],
      ['c', 0.3158],
      ['d', null],
      ['e', [1, ['x']]],
    ]);
  });

  it('is empty for a command without a result', () => {
    expect(decodeReply([['Nodes created: 1']], (row) => row)).toEqual([]);
  });

  it('refuses whole nodes', () => {
    expect(() =>
      decodeReply(
        reply([
          [2, 'a'],
          [8, [0, [], []]],
        ]),
        (row) => row,
      ),
    ).toThrow(GraphQueryError);
  });
});
