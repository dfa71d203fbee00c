import type { NoteMention } from '@gospelib/contracts';
import { passagePath } from '../address/address.ts';

/** The parts of a Markdown tree (mdast) that are used here. */
type Node = {
  type: string;
  value?: string;
  url?: string;
  children?: Node[];
  position?: { start: { offset?: number }; end: { offset?: number } };
};
type Named = Pick<NoteMention, 'start' | 'end' | 'passage'>;

/** Nodes in which no text becomes a link. */
const CLOSED = new Set(['link', 'linkReference', 'code', 'inlineCode', 'html']);

/** Turns the references found in a note's text into links. */
export function linkMentions(mentions: readonly Named[]): () => (tree: Node) => void {
  const visit = (node: Node): void => {
    if (!node.children || CLOSED.has(node.type)) return;
    node.children = node.children.flatMap((child) => {
      if (child.type === 'text') return cut(child, mentions);
      visit(child);
      return [child];
    });
  };
  return () => visit;
}

function cut(node: Node, mentions: readonly Named[]): Node[] {
  const { value = '', position } = node;
  const from = position?.start.offset;
  const to = position?.end.offset;
  // Text with an escape or entity is not at the offsets of the source.
  if (from === undefined || to === undefined || to - from !== value.length) return [node];
  const pieces: Node[] = [];
  let done = 0;
  for (const { start, end, passage } of mentions) {
    if (start < from + done || end > to) continue;
    const [at, until] = [start - from, end - from];
    if (at > done) pieces.push({ type: 'text', value: value.slice(done, at) });
    const text = { type: 'text', value: value.slice(at, until) };
    pieces.push({ type: 'link', url: passagePath(passage), children: [text] });
    done = until;
  }
  if (done === 0) return [node];
  if (done < value.length) pieces.push({ type: 'text', value: value.slice(done) });
  return pieces;
}
