export { type Bases, makeStandInBases } from './bases/stand-in.bases.ts';
export { requireTools } from './build/docker.tools.ts';
export { type BuildPlan, build, planBuild, type Registry } from './build/image.build.ts';
export { type SurveyedImage, surveyImages } from './build/image.survey.ts';
export { bakePath, renderBake } from './image/bake.file.ts';
export { fixtureImages, type Image, listImages } from './image/image.list.ts';
export { affectedImages, type Revision } from './image/image.revision.ts';
