import type { Verb } from '../verb.ts';
import { clusterBootstrap } from './cluster-bootstrap.verb.ts';

export const clusterVerbs: readonly Verb[] = [clusterBootstrap];
