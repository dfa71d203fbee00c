import type { Catalogue } from '@gospelib/platform';

/** One image of the platform, named as what runs from it. */
export interface Image {
  name: string;
  does: string;
  /** The stage of its Dockerfile that it is. */
  target: string;
  /** Projects that it is built from, by folder, without what those stand on. */
  folders: readonly string[];
  /** Where it listens. */
  port?: number;
  /** The folder that it is built from, with its Dockerfile; when left out the repository, with infra/docker/Dockerfile. */
  context?: string;
}

/** Every image: services and jobs of the catalogue, the verbs that run in a cluster, and the graph's store. */
export function listImages({ services, jobs, stores }: Catalogue): readonly Image[] {
  const schemas = Object.values(services).filter(({ ownsSchema }) => ownsSchema);
  return [
    ...Object.entries(services).map(([name, { does, folder, port }]) => ({
      name,
      does,
      target: 'service',
      folders: [folder],
      port: port.usual,
    })),
    ...Object.entries(jobs).map(([name, { does, folder }]) => ({
      name,
      does,
      target: 'job',
      folders: [folder],
    })),
    {
      name: 'ops',
      does: 'the verbs of gl that run in a cluster',
      target: 'ops',
      folders: ['apps/gl', ...schemas.map(({ folder }) => folder)],
    },
    {
      name: 'falkordb',
      does: stores.falkordb.holds,
      target: 'falkordb',
      folders: [], // a package of the lockfile alone
      port: stores.falkordb.port.usual,
    },
  ];
}

/** Images of the stores that stand for managed ones where the whole system is tried on a cluster; in no release. */
export const fixtureImages: readonly Image[] = [
  fixture('postgresql', 'PostgreSQL 16, as a managed one', 5432),
  fixture('redis', 'Redis 7, as a managed one', 6379),
  fixture('s3', 'a store of objects, as S3', 7070),
];

function fixture(target: string, does: string, port: number): Image {
  const context = 'infra/docker/fixtures';
  return { name: `fixture-${target}`, does, target, folders: [], port, context };
}
