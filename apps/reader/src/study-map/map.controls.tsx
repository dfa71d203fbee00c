import type { MapEdgeKind } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { MAP_EDGE_KINDS, type MapAddress } from '../address/map.address.ts';
import { EDGE_NAMES } from './map.kinds.ts';
import { countKinds, type MapModel } from './map.model.ts';

type MapControlsProps = {
  readonly model: MapModel;
  readonly address: MapAddress;
  readonly onChange: (change: Partial<MapAddress>, replace?: boolean) => void;
};

const DEPTHS = [1, 2, 3] as const;

/** The legend, which is also the filter; the depth of the map; map or list. */
export function MapControls({ model, address, onChange }: MapControlsProps): ReactNode {
  const counts = countKinds(model);
  const shown = address.kinds ?? MAP_EDGE_KINDS;
  const toggle = (kind: MapEdgeKind) => {
    const kinds = MAP_EDGE_KINDS.filter((other) => (other === kind) !== shown.includes(other));
    onChange({ kinds: kinds.length === MAP_EDGE_KINDS.length ? undefined : kinds }, true);
  };
  const offered = MAP_EDGE_KINDS.filter((kind) => counts.has(kind) || !shown.includes(kind));

  return (
    <div className="map-controls">
      <fieldset className="map-legend">
        <legend className="unseen">Kinds of connections</legend>
        {offered.map((kind) => (
          <label key={kind} className={`map-kind map-kind-${kind}`}>
            <input
              type="checkbox"
              checked={shown.includes(kind)}
              disabled={shown.length === 1 && shown.includes(kind)}
              onChange={() => toggle(kind)}
            />
            {EDGE_NAMES[kind]} <span className="quiet">{counts.get(kind) ?? ''}</span>
          </label>
        ))}
      </fieldset>
      <label className="map-depth">
        Steps{' '}
        <select
          value={address.depth}
          onChange={(event) => {
            const depth = DEPTHS.find((value) => value === Number(event.target.value)) ?? 1;
            onChange({ depth });
          }}
        >
          {DEPTHS.map((depth) => (
            <option key={depth} value={depth}>
              {depth}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="button"
        onClick={() => onChange({ view: address.view === 'map' ? 'list' : 'map' }, true)}
      >
        {address.view === 'map' ? 'As a list' : 'As a map'}
      </button>
      {model.truncated ? (
        <span className="quiet map-truncated">The nearest neighbours; open one to see more.</span>
      ) : null}
    </div>
  );
}
