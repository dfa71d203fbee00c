import type { Verb } from '../../verb.ts';
import { keysList } from './keys-list.verb.ts';
import { keysReplace } from './keys-replace.verb.ts';
import { keysRotate } from './keys-rotate.verb.ts';

export const keysVerbs: readonly Verb[] = [keysList, keysRotate, keysReplace];
