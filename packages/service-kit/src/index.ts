export { type BaseConfig, baseConfig } from './config/base.config.ts';
export { changingSecret } from './config/changing.secret.ts';
export {
  ConfigError,
  type ConfigFault,
  currentSetting,
  defineConfig,
} from './config/define.config.ts';
export * from './config/fields.config.ts';
export type { FailedCheck, ReadinessCheck } from './health/readiness.ts';
export { chooseEncoding, type Encoding } from './http/accept.encoding.ts';
export { CachedBody, type CachedBodyOptions, sendCached } from './http/cached.body.ts';
export {
  clientAddress,
  isPrivateAddress,
  networkOf,
  subscriberOf,
} from './http/client.address.ts';
export type { HttpLimits } from './http/http.limits.ts';
export { isPrivateCaller } from './http/private.caller.ts';
export { type SlotLimits, Slots } from './limits/slots.ts';
export { reportWork, WorkLedger, workHeader } from './limits/work.ledger.ts';
export type { Metrics } from './metrics/metrics.ts';
export { describeSecurity } from './openapi/openapi.security.ts';
export type { OpenApiOptions } from './openapi/openapi.ts';
export { ProblemError, type ProblemExtras } from './problem/problem.error.ts';
export type { ProblemCode } from './problem/problem.registry.ts';
export { sendProblem } from './problem/problem.reply.ts';
export { createService, type ServiceOptions } from './service/create.service.ts';
export { runService } from './service/run.service.ts';
export type { Service, ServiceIdentity } from './service/service.types.ts';
