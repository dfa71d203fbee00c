import type { Verb } from '../verb.ts';
import { observeDown } from './observe-down.verb.ts';
import { observeOpen } from './observe-open.verb.ts';
import { observeSlo } from './observe-slo.verb.ts';
import { observeSourcemaps } from './observe-sourcemaps.verb.ts';
import { observeStatus } from './observe-status.verb.ts';
import { observeUp } from './observe-up.verb.ts';
import { observeVerify } from './observe-verify.verb.ts';

export const observeVerbs: readonly Verb[] = [
  observeUp,
  observeDown,
  observeStatus,
  observeOpen,
  observeSlo,
  observeVerify,
  observeSourcemaps,
];
