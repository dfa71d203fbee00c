import { describe, expect, it } from 'vitest';
import { formatTraceparent, newSpanId, newTraceId, parseTraceparent } from './trace.context.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const span = '00f067aa0ba902b7';

describe('parseTraceparent', () => {
  it('reads a valid header', () => {
    expect(parseTraceparent(`00-${trace}-${span}-01`)).toEqual({
      traceId: trace,
      parentId: span,
      sampled: true,
    });
    expect(parseTraceparent(`00-${trace}-${span}-00`)?.sampled).toBe(false);
  });

  it('reads a later version with more fields', () => {
    expect(parseTraceparent(`cc-${trace}-${span}-01-what-the-future-holds`)?.traceId).toBe(trace);
  });

  it.each([
    '',
    'nonsense',
    `00-${trace}-${span}-01-more`,
    `ff-${trace}-${span}-01`,
    `00-${'0'.repeat(32)}-${span}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace.toUpperCase()}-${span}-01`,
    `00-${trace}-${span}-0g`,
    `cc-${trace}-${span}-01-${'x'.repeat(1000)}`,
  ])('begins a new trace for %j', (header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });

  it('reads what it writes', () => {
    const header = formatTraceparent(newTraceId(), newSpanId(), true);
    expect(parseTraceparent(header)).toMatchObject({ sampled: true });
  });
});
