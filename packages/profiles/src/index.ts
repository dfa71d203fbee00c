export { encodeCpu, encodeHeap } from './profile.encode.ts';
export { ProfileSession } from './profile.session.ts';
export { SourceLines } from './source.lines.ts';
