import { ApiError } from '@gospelib/client';
import type { ReactNode } from 'react';
import { Failure } from './failure.tsx';
import { Loading } from './loading.tsx';
import { type Request, resources, useResource } from './use.resource.ts';

type ResourceViewProps<T> = {
  readonly request: Request<T>;
  readonly children: (value: T) => ReactNode;
  /** What to show when the server has no such thing; the argument is its reason. */
  readonly missing?: (reason: string) => ReactNode;
  readonly waiting?: ReactNode;
};

/** Shows a resource, or that it is loading, does not exist, or is not available. */
export function ResourceView<T>(props: ResourceViewProps<T>): ReactNode {
  const { request, children, missing, waiting = <Loading /> } = props;
  const resource = useResource(request);
  if (resource.status === 'ready') return children(resource.value);
  if (resource.status === 'loading') return waiting;
  const { error, retrying } = resource;
  if (missing && error instanceof ApiError && (error.status === 404 || error.status === 400)) {
    return missing(error.message);
  }
  return <Failure error={error} retrying={retrying} onRetry={() => resources.retry(request.key)} />;
}
