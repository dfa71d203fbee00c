import { z } from 'zod';

/** What is read of the objects of Kubernetes; the API has far more. */
const metadata = z.object({
  name: z.string(),
  creationTimestamp: z.string(),
  labels: z.record(z.string(), z.string()).nullish(),
  annotations: z.record(z.string(), z.string()).nullish(),
  ownerReferences: z.array(z.object({ kind: z.string(), name: z.string() })).nullish(),
  resourceVersion: z.string().optional(),
});

const condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().nullish(),
  message: z.string().nullish(),
  lastUpdateTime: z.string().nullish(),
});

const terminated = z.object({
  exitCode: z.number(),
  reason: z.string().nullish(),
  message: z.string().nullish(),
});

const containerState = z.object({
  running: z.object({ startedAt: z.string() }).optional(),
  waiting: z.object({ reason: z.string().nullish(), message: z.string().nullish() }).optional(),
  terminated: terminated.optional(),
});

export const containerStatus = z.object({
  name: z.string(),
  image: z.string(),
  ready: z.boolean(),
  restartCount: z.number(),
  state: containerState,
  lastState: containerState,
});
export type ContainerStatus = z.output<typeof containerStatus>;

const container = z.object({ name: z.string(), image: z.string() });

export const workload = z.object({
  kind: z.enum(['Deployment', 'StatefulSet']),
  metadata,
  spec: z.object({
    replicas: z.number().default(1),
    selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
    template: z.object({ spec: z.object({ containers: z.array(container) }) }),
  }),
  status: z.object({
    replicas: z.number().default(0),
    readyReplicas: z.number().default(0),
    updatedReplicas: z.number().default(0),
    conditions: z.array(condition).default([]),
  }),
});
export type Workload = z.output<typeof workload>;

export const replicaSet = z.object({
  kind: z.literal('ReplicaSet'),
  metadata,
  spec: z.object({
    template: z.object({ spec: z.object({ containers: z.array(container) }) }),
  }),
  status: z.object({ readyReplicas: z.number().default(0) }),
});
export type ReplicaSet = z.output<typeof replicaSet>;

export const pod = z.object({
  kind: z.literal('Pod'),
  metadata,
  status: z.object({
    phase: z.string(),
    startTime: z.string().optional(),
    reason: z.string().nullish(),
    message: z.string().nullish(),
    conditions: z.array(condition).default([]),
    initContainerStatuses: z.array(containerStatus).default([]),
    containerStatuses: z.array(containerStatus).default([]),
  }),
});
export type Pod = z.output<typeof pod>;

export const job = z.object({
  kind: z.literal('Job'),
  metadata,
  status: z.object({
    startTime: z.string().optional(),
    conditions: z.array(condition).default([]),
  }),
});
export type Job = z.output<typeof job>;

const cronJob = z.object({ kind: z.literal('CronJob'), metadata });

/** What runs in a namespace. */
export const namespaceObjects = z.object({
  items: z.array(
    z.discriminatedUnion('kind', [
      workload.extend({ kind: z.literal('Deployment') }),
      workload.extend({ kind: z.literal('StatefulSet') }),
      replicaSet,
      pod,
      job,
      cronJob,
    ]),
  ),
});
export type NamespaceObjects = z.output<typeof namespaceObjects>;

export const warningEvents = z.object({
  items: z.array(
    z.object({
      involvedObject: z.object({ kind: z.string(), name: z.string() }),
      reason: z.string().nullish(),
      message: z.string().nullish(),
    }),
  ),
});
export type WarningEvent = z.output<typeof warningEvents>['items'][number];

/** Of metrics-server: quantities as Kubernetes writes them. */
export const podMetrics = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      containers: z.array(z.object({ usage: z.object({ memory: z.string() }) })),
    }),
  ),
});
