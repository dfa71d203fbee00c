import type { MapNode } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { mapPath } from '../address/map.address.ts';
import { Polyglot } from '../typography/polyglot.tsx';
import { Scripture } from '../typography/scripture.tsx';
import { NODE_NAMES, nodePath } from './map.kinds.ts';
import { type MapModel, tiesOf } from './map.model.ts';
import { NodeLabel } from './node.label.tsx';

type MapDetailProps = {
  readonly model: MapModel;
  readonly node: MapNode;
  readonly onSelect: (id: string) => void;
};

/** The selected node: what it is, and how it is connected to its neighbours on the map. */
export function MapDetail({ model, node, onSelect }: MapDetailProps): ReactNode {
  const ties = tiesOf(model, node.id);
  return (
    <aside className="map-detail" aria-label="The chosen node" data-kind={node.kind}>
      <p className="label">{NODE_NAMES[node.kind]}</p>
      <h2>
        <NodeLabel node={node} />
      </h2>
      {node.detail ? (
        <p className="map-text">
          {node.kind === 'passage' ? (
            <Scripture text={node.detail} />
          ) : (
            <Polyglot text={node.detail} />
          )}
        </p>
      ) : null}
      <p className="map-actions">
        <Link className="button" to={nodePath(node)}>
          {node.kind === 'passage' ? 'Read' : 'Look up'}
        </Link>
        {node.id === model.root ? null : (
          <Link className="button" to={mapPath({ root: node.id })}>
            Make it the centre
          </Link>
        )}
      </p>
      <h3 className="label">Tied to</h3>
      <ul className="map-ties">
        {ties.map(({ key, edge, other }) => (
          <li key={key} className={`map-kind-${edge.kind}`}>
            <button type="button" onClick={() => onSelect(other.id)}>
              <NodeLabel node={other} />
            </button>
            <p>
              <Polyglot text={edge.reason} />
            </p>
          </li>
        ))}
      </ul>
    </aside>
  );
}
