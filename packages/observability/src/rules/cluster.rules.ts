import { type AlertRule, type Duration, type RuleFile, secondsOf } from './rule.types.ts';

const minute = 60;
const day = 24 * 60 * minute;

interface Sign {
  alert: string;
  expr: string;
  /** Seconds for which it has to be so. */
  for: number;
  wakes: boolean;
  summary: string;
  description: string;
  command: string;
  board?: string;
  recover: string;
}

/** What only the cluster, its nodes, its stores and its provider can tell; where they tell nothing, nothing fires. */
function signs(duration: Duration): Sign[] {
  const container = 'namespace, pod, container';
  return [
    {
      alert: 'KilledForMemory',
      expr:
        `sum by (${container}) (increase(kube_pod_container_status_restarts_total[${duration(15 * minute)}])) > 0` +
        ` and on (${container}) kube_pod_container_status_last_terminated_reason{reason="OOMKilled"} == 1`,
      for: 0,
      wakes: true,
      summary: '{{ $labels.pod }} was killed because it took more memory than its limit.',
      description: 'It does so again unless what it holds becomes less, or its limit more.',
      command: './gl status',
      recover: 'process-away',
    },
    {
      alert: 'PodNeverReady',
      expr: 'max by (namespace, pod) (kube_pod_status_phase{phase="Pending"}) == 1',
      for: 10 * minute,
      wakes: false,
      summary: '{{ $labels.pod }} waits for a node, an image or a volume.',
      description: 'The scheduler finds no room for it, or its image cannot be pulled.',
      command: './gl status',
      recover: 'release-never-ready',
    },
    {
      alert: 'NodeMemoryFull',
      expr: 'node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes < 0.05',
      for: 5 * minute,
      wakes: true,
      summary:
        'The node {{ $labels.instance }} has {{ $value | humanizePercentage }} of its memory left.',
      description: 'Its kubelet is about to evict pods.',
      command: './gl status',
      recover: 'process-away',
    },
    {
      alert: 'NodeDiskFull',
      expr: 'node_filesystem_avail_bytes{mountpoint="/"} / node_filesystem_size_bytes{mountpoint="/"} < 0.1',
      for: 10 * minute,
      wakes: true,
      summary:
        'The disk of the node {{ $labels.instance }} is full but for {{ $value | humanizePercentage }}.',
      description: 'Its kubelet deletes images and evicts pods.',
      command: './gl recover',
      recover: 'disk-hindered',
    },
    {
      alert: 'VolumeFull',
      expr: 'kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes < 0.1',
      for: 10 * minute,
      wakes: true,
      summary:
        'The volume {{ $labels.persistentvolumeclaim }} is full but for {{ $value | humanizePercentage }}.',
      description: 'A store whose volume is full writes nothing any more.',
      command: './gl recover',
      recover: 'disk-hindered',
    },
    {
      alert: 'CertificateExpires',
      expr: `certmanager_certificate_expiration_timestamp_seconds - time() < ${secondsOf(duration(14 * day))}`,
      for: 0,
      wakes: false,
      summary: 'The certificate {{ $labels.name }} expires in {{ $value | humanizeDuration }}.',
      description: 'It should have been renewed a month before: cert-manager says why it was not.',
      command: './gl status',
      recover: 'service-away',
    },
    {
      alert: 'NotAsInGit',
      expr: 'max by (name) (argocd_app_info{sync_status!="Synced"}) == 1',
      for: 30 * minute,
      wakes: false,
      summary: 'The cluster has not taken over {{ $labels.name }} as it is in git.',
      description: 'A hook failed, or the API server refuses an object: Argo CD says which.',
      board: '/d/delivery',
      command: './gl releases',
      recover: 'release-never-ready',
    },
    {
      alert: 'StoreAway',
      expr: 'max by (store) (redis_up or pg_up) == 0',
      for: 2 * minute,
      wakes: true,
      summary: '{{ $labels.store }} does not answer who measures it.',
      description: 'Services say 503 for whatever needs it.',
      board: '/d/stores',
      command: './gl recover',
      recover: 'process-away',
    },
    {
      alert: 'StoreMemoryFull',
      expr: 'redis_memory_used_bytes / (redis_memory_max_bytes > 0) > 0.9',
      for: 10 * minute,
      wakes: false,
      summary: '{{ $labels.store }} holds {{ $value | humanizePercentage }} of what it may.',
      description: 'FalkorDB refuses what an ingest writes beside; Redis drops what it counts.',
      board: '/d/stores',
      command: './gl graph list',
      recover: 'graph-none',
    },
    {
      alert: 'ConnectionsUsedUp',
      expr: 'sum by (store) (pg_stat_activity_count) / max by (store) (pg_settings_max_connections) > 0.8',
      for: 5 * minute,
      wakes: false,
      summary: '{{ $value | humanizePercentage }} of the connections to PostgreSQL are taken.',
      description: 'Further ones are refused: a service more would get none.',
      board: '/d/stores',
      command: './gl status',
      recover: 'process-away',
    },
    {
      alert: 'DatabaseDiskFull',
      expr: 'aws_rds_free_storage_space_average < 2e9',
      for: 10 * minute,
      wakes: true,
      summary:
        '{{ $labels.dimension_DBInstanceIdentifier }} has {{ $value | humanize1024 }}B of disk left.',
      description: 'RDS stops an instance whose disk is full.',
      board: '/d/stores',
      command: './gl infra plan',
      recover: 'disk-hindered',
    },
    {
      alert: 'CacheMemoryFull',
      expr: 'aws_elasticache_database_memory_usage_percentage_average > 90',
      for: 10 * minute,
      wakes: false,
      summary: '{{ $labels.dimension_CacheClusterId }} uses {{ $value }} % of its memory.',
      description: 'ElastiCache evicts what limits are counted by.',
      board: '/d/stores',
      command: './gl infra plan',
      recover: 'process-away',
    },
  ];
}

/** Alerts on what lies below the platform. */
export function clusterRules(duration: Duration): RuleFile {
  const rules = signs(duration).map((sign): AlertRule => {
    const { alert, expr, summary, description, command, board = '/d/platform', recover } = sign;
    return {
      alert,
      expr,
      ...(sign.for > 0 && { for: duration(sign.for) }),
      labels: { severity: sign.wakes ? 'page' : 'ticket' },
      annotations: { summary, description, command, board, recover },
    };
  });
  return { groups: [{ name: 'cluster', interval: duration(30), rules }] };
}
