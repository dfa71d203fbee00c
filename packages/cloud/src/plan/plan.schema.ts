import { z } from 'zod';

const values = z.record(z.string(), z.unknown());

const plannedResource = z.object({
  address: z.string(),
  mode: z.enum(['managed', 'data']),
  type: z.string(),
  name: z.string(),
  values: values.default({}),
});
export type PlannedResource = z.output<typeof plannedResource>;

interface PlannedModule {
  resources?: PlannedResource[] | undefined;
  child_modules?: PlannedModule[] | undefined;
}
const plannedModule: z.ZodType<PlannedModule> = z.lazy(() =>
  z.object({
    resources: z.array(plannedResource).optional(),
    child_modules: z.array(plannedModule).optional(),
  }),
);

const change = z.object({
  actions: z.array(z.enum(['no-op', 'create', 'read', 'update', 'delete', 'forget'])),
  before: values.nullable().default(null),
  after: values.nullable().default(null),
  after_unknown: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).default([]),
});

const resourceChange = z.object({
  address: z.string(),
  mode: z.enum(['managed', 'data']),
  type: z.string(),
  action_reason: z.string().optional(),
  change,
});
export type ResourceChange = z.output<typeof resourceChange>;

/** What `terraform show -json PLAN` answers, as far as it is read here (format 1.x). */
export const planSchema = z.object({
  format_version: z.string().startsWith('1.'),
  resource_changes: z.array(resourceChange).default([]),
  resource_drift: z.array(resourceChange).default([]),
  planned_values: z.object({ root_module: plannedModule.default({}) }).default({ root_module: {} }),
  prior_state: z
    .object({ values: z.object({ root_module: plannedModule.default({}) }).optional() })
    .optional(),
});
export type Plan = z.output<typeof planSchema>;

/** Every managed resource that there will be, those of modules included. */
export function plannedResources(plan: Plan): readonly PlannedResource[] {
  return managed(plan.planned_values.root_module);
}

/** Those that there are before the plan. */
export function priorResources(plan: Plan): readonly PlannedResource[] {
  return managed(plan.prior_state?.values?.root_module ?? {});
}

function managed({ resources = [], child_modules = [] }: PlannedModule): PlannedResource[] {
  return [...resources.filter(({ mode }) => mode === 'managed'), ...child_modules.flatMap(managed)];
}
