import { resolve } from 'node:path';
import { pinImages } from './image.digests.ts';

const pinned = await pinImages(resolve(import.meta.dirname, '../../../..'));
for (const [image, digest] of Object.entries(pinned)) console.log(`${image}@${digest}`);
