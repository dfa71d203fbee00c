import { type AlertCase, flat, level } from './alert.cases.ts';

const pod = 'namespace="gospelib",pod="content-1",container="service"';
const store = 'store="postgresql",instance="db"';

/** One for each alert of `clusterRules`. */
export const clusterAlertCases: readonly AlertCase[] = [
  {
    alert: 'KilledForMemory',
    bad: [
      { series: `kube_pod_container_status_restarts_total{${pod}}`, values: '0+1x120' },
      flat(`kube_pod_container_status_last_terminated_reason{${pod},reason="OOMKilled"}`, 1),
    ],
    // Restarted again and again, but of itself; and killed once, long ago.
    good: [
      { series: `kube_pod_container_status_restarts_total{${pod}}`, values: '0+1x120' },
      flat(`kube_pod_container_status_last_terminated_reason{${pod},reason="OOMKilled"}`, 0),
    ],
  },
  level('PodNeverReady', 'kube_pod_status_phase{namespace="a",pod="b",phase="Pending"}', 1, 0),
  share('NodeMemoryFull', 'node_memory_MemAvailable_bytes', 'node_memory_MemTotal_bytes', 4, 50),
  share(
    'NodeDiskFull',
    'node_filesystem_avail_bytes{mountpoint="/"}',
    'node_filesystem_size_bytes{mountpoint="/"}',
    5,
    40,
  ),
  share(
    'VolumeFull',
    'kubelet_volume_stats_available_bytes{persistentvolumeclaim="falkordb"}',
    'kubelet_volume_stats_capacity_bytes{persistentvolumeclaim="falkordb"}',
    5,
    40,
  ),
  level(
    'CertificateExpires',
    'certmanager_certificate_expiration_timestamp_seconds{name="gospelib-tls"}',
    86_400,
    1e10,
  ),
  {
    alert: 'NotAsInGit',
    bad: [flat('argocd_app_info{name="gospelib",sync_status="OutOfSync"}', 1)],
    good: [flat('argocd_app_info{name="gospelib",sync_status="Synced"}', 1)],
  },
  level('StoreAway', 'redis_up{store="falkordb"}', 0, 1),
  share(
    'StoreMemoryFull',
    'redis_memory_used_bytes{store="falkordb"}',
    'redis_memory_max_bytes{store="falkordb"}',
    95,
    50,
  ),
  share(
    'ConnectionsUsedUp',
    `pg_stat_activity_count{${store}}`,
    `pg_settings_max_connections{${store}}`,
    90,
    20,
  ),
  level(
    'DatabaseDiskFull',
    'aws_rds_free_storage_space_average{dimension_DBInstanceIdentifier="gospelib"}',
    1e9,
    9e9,
  ),
  level(
    'CacheMemoryFull',
    'aws_elasticache_database_memory_usage_percentage_average{dimension_CacheClusterId="gospelib"}',
    95,
    30,
  ),
];

/** Of a hundred. */
function share(alert: string, part: string, whole: string, bad: number, good: number): AlertCase {
  return {
    alert,
    bad: [flat(part, bad), flat(whole, 100)],
    good: [flat(part, good), flat(whole, 100)],
  };
}
