/** One Kubernetes object, as far as the rules look at it. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    labels?: Readonly<Record<string, string>>;
    annotations?: Readonly<Record<string, string>>;
  };
  data?: Readonly<Record<string, string>>;
  spec?: {
    replicas?: number;
    template?: PodTemplate;
    jobTemplate?: { spec: { template: PodTemplate } };
    podSelector?: object;
    /** Of what chooses pods: a Deployment, a Service in another form, a disruption budget. */
    selector?: { matchLabels?: Readonly<Record<string, string>> };
    policyTypes?: readonly string[];
    ingress?: readonly NetworkRule[];
    egress?: readonly NetworkRule[];
    ports?: readonly { port: number }[];
    scaleTargetRef?: { name: string };
    target?: { name: string; template?: { data?: Readonly<Record<string, string>> } };
  };
}

export interface NetworkRule {
  from?: readonly NetworkPeer[];
  to?: readonly NetworkPeer[];
  ports?: readonly { port: number | string }[];
}

export interface NetworkPeer {
  podSelector?: { matchLabels?: Readonly<Record<string, string>> };
  namespaceSelector?: object;
  ipBlock?: { cidr: string; except?: readonly string[] };
}

export interface PodTemplate {
  metadata?: { labels?: Readonly<Record<string, string>> };
  spec: PodSpec;
}

export interface PodSpec {
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  terminationGracePeriodSeconds?: number;
  securityContext?: { runAsNonRoot?: boolean; seccompProfile?: { type: string } };
  containers: readonly Container[];
  volumes?: readonly { name: string; secret?: { secretName: string }; hostPath?: object }[];
}

export interface Container {
  name: string;
  image: string;
  env?: readonly {
    name: string;
    value?: string;
    valueFrom?: { secretKeyRef?: { name: string; key: string } };
  }[];
  envFrom?: readonly { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  ports?: readonly { name?: string; containerPort: number }[];
  resources?: {
    requests?: Readonly<Record<string, string>>;
    limits?: Readonly<Record<string, string>>;
  };
  securityContext?: {
    allowPrivilegeEscalation?: boolean;
    readOnlyRootFilesystem?: boolean;
    capabilities?: { drop?: readonly string[]; add?: readonly string[] };
  };
  startupProbe?: Probe;
  readinessProbe?: Probe;
  livenessProbe?: Probe;
  lifecycle?: { preStop?: { sleep?: { seconds: number } } };
}

interface Probe {
  httpGet?: { path: string; port: string | number };
  exec?: { command: readonly string[] };
  tcpSocket?: object;
}

/** The template of the pods that an object makes; undefined for what makes none. */
export function podsOf({ spec }: Manifest): PodTemplate | undefined {
  return spec?.jobTemplate?.spec.template ?? spec?.template;
}

/** How a fault names an object. */
export function titleOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`;
}
