import { UsageError } from '@gospelib/cli-kit';

/** Kinds of check by their name for people, and the Nx target of each. */
export const kinds = {
  lint: 'lint',
  boundaries: 'boundaries',
  typecheck: 'typecheck',
  advisories: 'advisories',
  unit: 'test',
  integration: 'test-int',
  build: 'build',
  e2e: 'e2e',
  images: 'test-images',
  cluster: 'test-cluster',
  compose: 'test-compose',
  observe: 'test-observe',
  infra: 'test-infra',
  drills: 'drills',
  ship: 'test-ship',
  python: 'test-python',
  go: 'test-go',
} as const;

export type Kind = keyof typeof kinds;

export const kindNames = Object.keys(kinds) as readonly Kind[];

/** Kinds that run only when they are named: they take long, or need what a new machine has not. */
export const namedKinds: readonly Kind[] = ['drills', 'ship', 'infra', 'compose', 'python', 'go'];

/** Kinds whose targets write what became of each test, or of what they asked. */
export const testKinds: readonly Kind[] = [
  'advisories',
  'unit',
  'integration',
  'e2e',
  'images',
  'cluster',
  'compose',
  'observe',
  'ship',
  'infra',
];

/** Kinds that run whole platforms, from what was built. */
export const wholeKinds: readonly Kind[] = ['e2e', 'drills'];

export function kindOf(target: string): Kind | undefined {
  return kindNames.find((kind) => kinds[kind] === target);
}

/** `lint,unit` → kinds. @throws UsageError for an unknown one */
export function parseKinds(text: string): Kind[] {
  return text.split(',').map((part) => {
    const kind = kindNames.find((known) => known === part.trim());
    if (kind === undefined) {
      throw new UsageError(`--only knows no "${part}"; it knows ${kindNames.join(', ')}`);
    }
    return kind;
  });
}
