import type { Verb } from '../verb.ts';
import { infraApply } from './infra-apply.verb.ts';
import { infraDestroy } from './infra-destroy.verb.ts';
import { infraDrift } from './infra-drift.verb.ts';
import { infraPlan } from './infra-plan.verb.ts';
import { infraRebuild } from './infra-rebuild.verb.ts';
import { infraState } from './infra-state.verbs.ts';

export const infraVerbs: readonly Verb[] = [
  infraPlan,
  infraApply,
  infraDestroy,
  infraDrift,
  infraState,
  infraRebuild,
];
