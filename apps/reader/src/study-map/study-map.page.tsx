import { ApiError } from '@gospelib/client';
import { lazy, type ReactNode, Suspense } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { type MapAddress, mapPath, parseMapAddress } from '../address/map.address.ts';
import { useGo } from '../address/use.go.ts';
import { Failure } from '../resource/failure.tsx';
import { Loading } from '../resource/loading.tsx';
import { resources } from '../resource/use.resource.ts';
import { PageHeading } from '../shell/page.heading.tsx';
import { MapControls } from './map.controls.tsx';
import { MapDetail } from './map.detail.tsx';
import { MapList } from './map.list.tsx';
import { useMapModel } from './use.map.model.ts';
import './study-map.css';

const NotFoundPage = lazy(() => import('../shell/not-found.page.tsx'));
const MapCanvas = lazy(() => import('./map.canvas.tsx'));

/** `/map/alma.32.21`: the connections of a verse, word, name or topic, as a map and as a list. */
export default function StudyMapPage(): ReactNode {
  const { id = '' } = useParams();
  const [params] = useSearchParams();
  const go = useGo();
  const address = parseMapAddress(id, params);
  const { model, failure, key, loading } = useMapModel(address);

  if (!model) {
    if (!failure) return <Loading />;
    const { error } = failure;
    if (error instanceof ApiError && (error.status === 404 || error.status === 400)) {
      return <NotFoundPage reason={error.message} />;
    }
    return <Failure {...failure} onRetry={() => resources.retry(key)} />;
  }

  const show = (change: Partial<MapAddress>, replace = false) =>
    go(mapPath({ ...address, ...change }), { replace });
  const open = (node: string) => {
    const opened = [...address.opened.filter((other) => other !== node), node];
    show(node === model.root ? { selected: node } : { selected: node, opened });
  };
  const root = model.nodes.get(model.root);
  const selected = model.nodes.get(address.selected ?? '') ?? root;
  const title = `Study map of ${root?.label ?? id}`;

  return (
    <div className="map-page" data-view={address.view}>
      <div className="map-main">
        <header className="map-head">
          <PageHeading key={id} title={title}>
            <span className="label">Study map</span> {root?.label ?? id}
          </PageHeading>
          <MapControls model={model} address={address} onChange={show} />
        </header>
        <p className="unseen" role="status">
          {loading
            ? 'Fetching neighbours…'
            : `${model.nodes.size} nodes and ${model.edges.size} connections.`}
        </p>
        {address.view === 'map' ? (
          <Suspense fallback={<Loading />}>
            <MapCanvas model={model} selected={selected?.id} onOpen={open} />
          </Suspense>
        ) : (
          <MapList model={model} opened={address.opened} onOpen={open} />
        )}
      </div>
      {selected ? <MapDetail model={model} node={selected} onSelect={open} /> : null}
    </div>
  );
}
