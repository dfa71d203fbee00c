/** Which build of which service runs: in `/health`, every log line and the metric `gospelib_build_info`. */
export interface BuildInfo {
  service: string;
  version: string;
  /** The commit; `unknown` unless GOSPELIB_REVISION names it. */
  revision: string;
}
