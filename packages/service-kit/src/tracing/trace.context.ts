/** The W3C trace context of one request (https://www.w3.org/TR/trace-context/). */
export interface TraceContext {
  /** 32 lower-case hex digits. */
  traceId: string;
  /** The caller's span, 16 hex digits; undefined when the trace begins here. */
  parentId: string | undefined;
  sampled: boolean;
}

const wellFormed = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;
const noTrace = '0'.repeat(32);
const noSpan = '0'.repeat(16);

/** Undefined without a valid header: then a new trace begins. */
export function parseTraceparent(header: string): TraceContext | undefined {
  // Version 00 has exactly 55 characters; a later version may append fields, ff is forbidden.
  if (header.length < 55 || header.length > 512) return undefined;
  if (header.startsWith('ff') || (header.startsWith('00') && header.length > 55)) return undefined;
  const [, traceId, parentId, flags] = wellFormed.exec(header) ?? [];
  if (traceId === undefined || parentId === undefined || flags === undefined) return undefined;
  if (traceId === noTrace || parentId === noSpan) return undefined;
  return { traceId, parentId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export function formatTraceparent(traceId: string, spanId: string, sampled: boolean): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;
}

export function newTraceId(): string {
  return word() + word() + word() + word();
}

export function newSpanId(): string {
  return word() + word();
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** 32 random bits as hex. Identifiers must be distinct, not secret. One bit is set, since all zeros are invalid. */
function word(): string {
  const bits = ((Math.random() * 0x1_0000_0000) | 1) >>> 0;
  return `${hex[bits >>> 24]}${hex[(bits >>> 16) & 255]}${hex[(bits >>> 8) & 255]}${hex[bits & 255]}`;
}
