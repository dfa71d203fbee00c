import type { Catalogue } from '@gospelib/platform';

/** One image of the platform, named as what runs from it. */
export interface Image {
  name: string;
  does: string;
  /** The stage of infra/docker/Dockerfile that it is. */
  target: 'service' | 'job' | 'ops' | 'falkordb';
  /** Projects that it is built from, by folder, without what those stand on. */
  folders: readonly string[];
  /** Where it listens. */
  port?: number;
}

/** Every image: services and jobs of the catalogue, the verbs that run in a cluster, and the graph's store. */
export function listImages({ services, jobs, stores }: Catalogue): readonly Image[] {
  const schemas = Object.values(services).filter(({ ownsSchema }) => ownsSchema);
  return [
    ...Object.entries(services).map(([name, { does, folder, port }]) => ({
      name,
      does,
      target: 'service' as const,
      folders: [folder],
      port: port.usual,
    })),
    ...Object.entries(jobs).map(([name, { does, folder }]) => ({
      name,
      does,
      target: 'job' as const,
      folders: [folder],
    })),
    {
      name: 'ops',
      does: 'the verbs of gl that run in a cluster',
      target: 'ops' as const,
      folders: ['apps/gl', ...schemas.map(({ folder }) => folder)],
    },
    {
      name: 'falkordb',
      does: stores.falkordb.holds,
      target: 'falkordb' as const,
      folders: [], // a package of the lockfile alone
      port: stores.falkordb.port.usual,
    },
  ];
}
