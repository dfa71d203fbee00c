import type { Verb } from '../verb.ts';
import { imagesBases } from './images-bases.verb.ts';
import { imagesBuild } from './images-build.verb.ts';
import { imagesList } from './images-list.verb.ts';
import { imagesPush } from './images-push.verb.ts';
import { imagesSign } from './images-sign.verb.ts';
import { imagesVerify } from './images-verify.verb.ts';

export const imagesVerbs: readonly Verb[] = [
  imagesList,
  imagesBuild,
  imagesPush,
  imagesSign,
  imagesVerify,
  imagesBases,
];
