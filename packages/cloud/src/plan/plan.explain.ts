import { isDeepStrictEqual } from 'node:util';
import { lossKinds } from './loss.kinds.ts';
import type { Plan, ResourceChange } from './plan.schema.ts';
import { describeChanges } from './value.changes.ts';

export type ChangeKind = 'replaced' | 'destroyed' | 'changed' | 'created' | 'forgotten';

export interface ExplainedChange {
  address: string;
  kind: ChangeKind;
  /** `backup_retention_period 7 → 14`; what is sensitive is not shown. */
  details: readonly string[];
  /** What is gone with it; undefined: nothing that anybody would miss. */
  loss?: string;
}

export interface ExplainedPlan {
  /** Those that lose something first, then what is replaced, destroyed, changed, forgotten, created. */
  changes: readonly ExplainedChange[];
  losses: readonly ExplainedChange[];
}

const order: readonly ChangeKind[] = ['replaced', 'destroyed', 'changed', 'forgotten', 'created'];

/** What a plan would do, the worst first. */
export function explainPlan(plan: Plan): ExplainedPlan {
  const changes = plan.resource_changes
    .filter(({ mode }) => mode === 'managed')
    .flatMap(explain)
    .toSorted((a, b) => rank(a) - rank(b) || a.address.localeCompare(b.address));
  return { changes, losses: changes.filter(({ loss }) => loss !== undefined) };
}

/** The same for what changed behind Terraform's back. Where only words for nothing differ nobody changed anything. */
export function explainDrift(plan: Plan): readonly ExplainedChange[] {
  return plan.resource_drift
    .filter(({ mode, change }) => mode === 'managed' && !isNothing(change))
    .flatMap(explain);
}

/** What was not set comes back from AWS as an empty list, or set, or text. */
function isNothing({ before, after }: ResourceChange['change']): boolean {
  if (before === null || after === null) return false;
  return isDeepStrictEqual(withoutEmpty(before), withoutEmpty(after));
}

function withoutEmpty(values: Readonly<Record<string, unknown>>): object {
  const isEmpty = (value: unknown) =>
    value === null ||
    value === '' ||
    JSON.stringify(value) === '[]' ||
    JSON.stringify(value) === '{}';
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
}

function explain(resource: ResourceChange): readonly ExplainedChange[] {
  const { address, type, change } = resource;
  const kind = kindOf(change.actions);
  if (kind === undefined) return [];
  const loss = kind === 'replaced' || kind === 'destroyed' ? lossKinds[type] : undefined;
  const details = kind === 'created' || kind === 'destroyed' ? [] : describeChanges(change);
  return [{ address, kind, details, ...(loss !== undefined && { loss }) }];
}

function kindOf(actions: readonly string[]): ChangeKind | undefined {
  const does = (action: string) => actions.includes(action);
  if (does('delete')) return does('create') ? 'replaced' : 'destroyed';
  // `create` with `forget`: the old one stays at the provider, and Terraform no longer knows it.
  if (does('forget')) return 'forgotten';
  if (does('create')) return 'created';
  return does('update') ? 'changed' : undefined;
}

function rank({ kind, loss }: ExplainedChange): number {
  return order.indexOf(kind) - (loss === undefined ? 0 : order.length);
}

/** For people: a sentence a change. */
export function renderPlan({ changes, losses }: ExplainedPlan): string {
  if (changes.length === 0) return 'Nothing is to be changed.';
  const head = order
    .map((kind) => ({ kind, count: changes.filter((change) => change.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind}`)
    .join(', ');
  const lost =
    losses.length === 0
      ? 'nothing that holds data is lost'
      : `${losses.length} of them lose something`;
  return [`${head}; ${lost}.`, '', ...changes.map(renderChange)].join('\n');
}

/** `X is replaced (…). Lost: …` */
export function renderChange({ address, kind, details, loss }: ExplainedChange): string {
  const what = details.length === 0 ? '' : `: ${details.join('; ')}`;
  return `${address} is ${kind}${what}.${loss === undefined ? '' : ` Lost: ${loss}.`}`;
}
