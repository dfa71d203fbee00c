export { requireTools } from './build/docker.tools.ts';
export { type BuildPlan, build, planBuild, type Registry } from './build/image.build.ts';
export { type SurveyedImage, surveyImages } from './build/image.survey.ts';
export { bakePath, renderBake } from './image/bake.file.ts';
export { type Image, listImages } from './image/image.list.ts';
export { affectedImages, type Revision } from './image/image.revision.ts';
