/** kubectl, with the context and one namespace of an environment. */
export interface Kube {
  /** Its standard output. @throws OperatorError with its own message */
  run(
    args: readonly string[],
    options?: { input?: string; timeoutSeconds?: number },
  ): Promise<string>;
  /** As `run`; undefined when the resource is not there. */
  find(args: readonly string[]): Promise<string | undefined>;
}

/** The two namespaces of an environment that delivery works in. */
export interface EnvironmentKube {
  /** As `--env` names it. */
  name: string;
  /** Where Argo CD and its Applications are. */
  argocd: Kube;
  /** Where the platform is. */
  platform: Kube;
}
