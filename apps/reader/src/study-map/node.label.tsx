import type { MapNode } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Foreign } from '../typography/polyglot.tsx';

/** The label of a node; a word stands in its own language, which its number tells. */
export function NodeLabel({ node }: { readonly node: MapNode }): ReactNode {
  if (node.kind !== 'word') return node.label;
  return <Foreign language={node.id.startsWith('H') ? 'hebrew' : 'greek'} text={node.label} />;
}
