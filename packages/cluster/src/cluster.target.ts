/** Which cluster a command works with, and where that is written. */
export interface ClusterTarget {
  /** As `--env` names it. */
  name: string;
  /** Of the kubeconfig; never the current one by chance. */
  context: string;
  namespace: string;
  /** Where readers reach it. */
  origin: string;
  /** Whether changes are asked about. */
  asks: boolean;
  /** Where backups go; undefined where the configuration names none. */
  backups?: string | undefined;
  /** The Kubernetes secret with the addresses of the stores for their owner. */
  secret: string;
  /** Whether its pods need a key of the provider, having no identity of their own there. */
  providerKey: boolean;
  /** The environment variable that names another context. */
  contextVariable: string;
  /** The file with the environments. */
  file: string;
}
