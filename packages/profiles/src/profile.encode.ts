import type { HeapProfiler, Profiler, Runtime } from 'node:inspector/promises';
import { PprofBuilder } from './pprof.builder.ts';
import { heapPeriodBytes, samplePeriodUs } from './profile.session.ts';
import type { SourceLines } from './source.lines.ts';

/** V8's names for what is no function of anybody. */
const idle = '(idle)';
const root = '(root)';

/** Samples and processor time of every stack; waiting is left out. @param seconds that were recorded */
export async function encodeCpu(
  { nodes }: Profiler.Profile,
  lines: SourceLines,
  seconds: number,
): Promise<Buffer> {
  const pprof = new PprofBuilder();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const visit = (node: Profiler.ProfileNode, callers: readonly number[]): void => {
    const { callFrame, positionTicks = [], children = [], hitCount = 0 } = node;
    if (callFrame.functionName === idle) return;
    const isRoot = callFrame.functionName === root;
    const own = isRoot ? callers : [locate(pprof, lines, callFrame), ...callers];
    let left = hitCount;
    for (const { line, ticks } of positionTicks) {
      left -= ticks;
      addTicks(pprof, [locate(pprof, lines, callFrame, line - 1), ...callers], ticks);
    }
    addTicks(pprof, own, left);
    for (const id of children) {
      const child = byId.get(id);
      if (child !== undefined) visit(child, own);
    }
  };
  if (nodes[0] !== undefined) visit(nodes[0], []);
  return pprof.encode(
    [
      { type: 'samples', unit: 'count' },
      { type: 'cpu', unit: 'nanoseconds' },
    ],
    { type: 'cpu', unit: 'nanoseconds', value: samplePeriodUs * 1000 },
    seconds,
  );
}

function addTicks(pprof: PprofBuilder, stack: readonly number[], ticks: number): void {
  if (ticks > 0 && stack.length > 0) pprof.add(stack, [ticks, ticks * samplePeriodUs * 1000]);
}

/** Objects and bytes that are live, by the stack that allocated them. */
export async function encodeHeap(
  { head }: HeapProfiler.SamplingHeapProfile,
  lines: SourceLines,
): Promise<Buffer> {
  const pprof = new PprofBuilder();
  const visit = (node: HeapProfiler.SamplingHeapProfileNode, callers: readonly number[]): void => {
    const isRoot = node.callFrame.functionName === root;
    const stack = isRoot ? callers : [locate(pprof, lines, node.callFrame), ...callers];
    if (node.selfSize > 0 && stack.length > 0) {
      pprof.add(stack, [Math.ceil(node.selfSize / heapPeriodBytes), node.selfSize]);
    }
    for (const child of node.children) visit(child, stack);
  };
  visit(head, []);
  return pprof.encode(
    [
      { type: 'inuse_objects', unit: 'count' },
      { type: 'inuse_space', unit: 'bytes' },
    ],
    { type: 'space', unit: 'bytes', value: heapPeriodBytes },
    0,
  );
}

/** @param line generated, from 0, where the function was; its beginning when left out */
function locate(
  pprof: PprofBuilder,
  lines: SourceLines,
  { functionName, url, lineNumber }: Runtime.CallFrame,
  line = lineNumber,
): number {
  const name = functionName === '' ? '(anonymous)' : functionName;
  return pprof.location(name, lines.find(url, lineNumber), lines.find(url, line).line);
}
