import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useSettings } from '../settings/settings.store.ts';
import { MapDrawing } from './map.drawing.ts';
import type { MapModel } from './map.model.ts';

type MapCanvasProps = {
  readonly model: MapModel;
  readonly selected: string | undefined;
  readonly onOpen: (id: string) => void;
};

/** The map as a drawing. The list shows the same to those who cannot use it. */
export default function MapCanvas({ model, selected, onOpen }: MapCanvasProps): ReactNode {
  const container = useRef<HTMLDivElement>(null);
  const drawing = useRef<MapDrawing>(undefined);
  const open = useRef(onOpen);
  open.current = onOpen;
  const [reason, setReason] = useState<string>();
  const [missing, setMissing] = useState(false);
  const { theme } = useSettings();

  useEffect(() => {
    if (!container.current) return;
    if (!hasWebGl()) {
      setMissing(true);
      return;
    }
    const made = new MapDrawing(container.current, {
      onOpen: (id) => open.current(id),
      onReason: setReason,
    });
    drawing.current = made;
    return () => {
      drawing.current = undefined;
      made.close();
    };
  }, []);

  useEffect(() => drawing.current?.show(model, selected), [model, selected]);

  // Fewer dependencies than uses: the colours change with the theme.
  useEffect(() => drawing.current?.repaint(), [theme]);

  if (missing) {
    return (
      <p className="map-missing">This browser cannot draw the map; the list shows the same.</p>
    );
  }
  return (
    <div className="map-canvas">
      <div
        ref={container}
        className="map-stage"
        role="img"
        aria-label={`Drawing of ${model.nodes.size} nodes and ${model.edges.size} connections; the list shows the same.`}
      />
      {reason ? <p className="map-hint">{reason}</p> : null}
      {model.edges.size === 0 ? (
        <p className="map-hint">Nothing that is tied to it is known to the library.</p>
      ) : null}
      <p className="map-zoom">
        <button type="button" onClick={() => drawing.current?.zoom('in')} aria-label="Nearer">
          +
        </button>
        <button type="button" onClick={() => drawing.current?.zoom('out')} aria-label="Farther">
          −
        </button>
        <button type="button" onClick={() => drawing.current?.zoom('fit')} aria-label="All of it">
          ○
        </button>
      </p>
    </div>
  );
}

function hasWebGl(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
