import type { Catalogue } from '@gospelib/platform';
import { fixtureImages, type Image, listImages } from './image.list.ts';

/** From the repository's root. */
export const bakePath = 'infra/docker/docker-bake.hcl';

/**
 * What the images stand on, by digest. Each is the image's index as its publisher names it, so that a tag that moves
 * changes nothing here.
 */
const bases = {
  BUILD_BASE:
    'docker-image://docker.io/library/node:24.21.0-trixie-slim@sha256:8ec5d7557396cfe32d21c3f9c13072355ceab22b584578ca4bb28af31120cffe',
  RUNTIME_BASE:
    'docker-image://gcr.io/distroless/cc-debian13:nonroot@sha256:54df941ed0d06a1bd95ef5e0ce391fd8d9f94b64782dc9a60062727849ee3f97',
} as const;

const header = `# Written from the catalogue by \`./gl exec node tools/src/catalogue/catalogue.main.ts\`; \`./gl images\` calls it.
# BUILD_BASE and RUNTIME_BASE name other bases: docs/operations/images.md.
`;

/** docker-bake.hcl: one target an image. */
export function renderBake(catalogue: Catalogue): string {
  const images = listImages(catalogue);
  return [
    header,
    ...Object.entries(bases).map(([name, base]) => variable(name, base)),
    variable('REGISTRY', 'localhost'),
    variable('TAG', 'dev'),
    `group "default" {\n  targets = [${images.map(({ name }) => `"${name}"`).join(', ')}]\n}\n`,
    `target "image" {
  context    = "."
  dockerfile = "infra/docker/Dockerfile"
  platforms  = ["linux/amd64"]
  contexts   = { build-base = BUILD_BASE, runtime-base = RUNTIME_BASE }
  labels = {
    "org.opencontainers.image.vendor"   = "GospeLib"
    "org.opencontainers.image.licenses" = "MIT"
  }
}
`,
    ...[...images, ...fixtureImages].map(renderTarget),
  ].join('\n');
}

/** The variable of the bake file, and of its environment, that says of which commit an image is. */
export function revisionVariable(name: string): string {
  return `${name.toUpperCase().replaceAll('-', '_')}_REVISION`;
}

function renderTarget({ name, does, target, port, context }: Image): string {
  const revision = revisionVariable(name);
  const args = [
    `NAME = "${name}"`,
    ...(port === undefined ? [] : [`PORT = "${port}"`]),
    `REVISION = ${revision}`,
  ];
  return `${variable(revision, 'unknown')}
target "${name}" {
  inherits = ["image"]${context === undefined ? '' : renderContext(context)}
  target   = "${target}"
  tags     = ["\${REGISTRY}/gospelib-${name}:\${TAG}"]
  args     = { ${args.join(', ')} }
  labels = {
    "org.opencontainers.image.title"       = "gospelib-${name}"
    "org.opencontainers.image.description" = "${does}"
    "org.opencontainers.image.revision"    = ${revision}
  }
}
`;
}

function renderContext(folder: string): string {
  return `\n  context    = "${folder}"\n  dockerfile = "Dockerfile"`;
}

function variable(name: string, value: string): string {
  return `variable "${name}" {\n  default = "${value}"\n}\n`;
}
