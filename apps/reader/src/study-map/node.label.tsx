import type { MapNode } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Foreign } from '../typography/polyglot.tsx';

/** The label of a node; a word is in its own language, which its number reveals. */
export function NodeLabel({ node }: { readonly node: MapNode }): ReactNode {
  if (node.kind !== 'word') return node.label;
  return <Foreign language={node.id.startsWith('H') ? 'hebrew' : 'greek'} text={node.label} />;
}
