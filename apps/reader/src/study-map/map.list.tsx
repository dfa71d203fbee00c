import type { MapNode } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Polyglot } from '../typography/polyglot.tsx';
import { Scripture } from '../typography/scripture.tsx';
import { NODE_NAMES, nodePath } from './map.kinds.ts';
import { type MapModel, tiesOf } from './map.model.ts';
import { NodeLabel } from './node.label.tsx';

type MapListProps = {
  readonly model: MapModel;
  readonly opened: readonly string[];
  readonly onOpen: (id: string) => void;
};

/** The same map as text: node by node from the centre outwards, each with its reason. */
export function MapList({ model, opened, onOpen }: MapListProps): ReactNode {
  const steps = Map.groupBy(model.nodes.values(), ({ depth }) => depth);
  return (
    <div className="map-list">
      {[...steps]
        .sort(([a], [b]) => a - b)
        .map(([depth, nodes]) => (
          <section key={depth} aria-label={nameOfStep(depth)}>
            <h2>{nameOfStep(depth)}</h2>
            <ul>
              {nodes.map((node) => (
                <li key={node.id}>
                  <NodeItem
                    model={model}
                    node={node}
                    open={depth === 0 || opened.includes(node.id)}
                    onOpen={onOpen}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}

function nameOfStep(depth: number): string {
  if (depth === 0) return 'The centre';
  return depth === 1 ? 'One step away' : `${depth} steps away`;
}

type NodeItemProps = {
  readonly model: MapModel;
  readonly node: MapNode;
  readonly open: boolean;
  readonly onOpen: (id: string) => void;
};

function NodeItem({ model, node, open, onOpen }: NodeItemProps): ReactNode {
  const inward = tiesOf(model, node.id).filter(({ other }) => other.depth < node.depth);
  return (
    <article>
      <h3>
        <span className="label">{NODE_NAMES[node.kind]}</span>{' '}
        <Link to={nodePath(node)}>
          <NodeLabel node={node} />
        </Link>
      </h3>
      {node.detail ? (
        <p>
          {node.kind === 'passage' ? (
            <Scripture text={node.detail} />
          ) : (
            <Polyglot text={node.detail} />
          )}
        </p>
      ) : null}
      {inward.map(({ key, edge }) => (
        <p key={key} className={`map-reason map-kind-${edge.kind}`}>
          <Polyglot text={edge.reason} />
        </p>
      ))}
      {open ? null : (
        <button type="button" className="map-open" onClick={() => onOpen(node.id)}>
          Open its neighbours<span className="unseen"> ({node.label})</span>
        </button>
      )}
    </article>
  );
}
