import type { Catalogue, PortEntry, ServiceEntry, StoreName } from './catalogue.types.ts';

/** Stores, in the order in which they are shown. */
export function storeNames({ stores }: Catalogue): readonly StoreName[] {
  return Object.keys(stores) as StoreName[];
}

/** Services, in the order in which they are shown. */
export function serviceNames({ services }: Catalogue): readonly string[] {
  return Object.keys(services);
}

/** Everything that runs all the time: stores, then services. */
export function processNames(catalogue: Catalogue): readonly string[] {
  return [...storeNames(catalogue), ...serviceNames(catalogue)];
}

/** Schemas of PostgreSQL, in the order in which they are migrated; each bears the name of its service. */
export function schemaNames(catalogue: Catalogue): readonly string[] {
  return serviceNames(catalogue).filter((name) => service(catalogue, name).ownsSchema);
}

/** @throws Error for a name that is not in the catalogue */
export function service({ services }: Catalogue, name: string): ServiceEntry {
  const found = services[name];
  if (found === undefined) throw new Error(`The catalogue has no service ${name}.`);
  return found;
}

/** The port of a store or a service. @throws Error for a name that is not in the catalogue */
export function portOf(catalogue: Catalogue, name: string): PortEntry {
  const found = catalogue.stores[name as StoreName] ?? catalogue.services[name];
  if (found === undefined) throw new Error(`The catalogue has no store or service ${name}.`);
  return found.port;
}

/** The stores that a service is given the address of. */
export function storesOf({ environment }: Pick<ServiceEntry, 'environment'>): StoreName[] {
  return Object.values(environment).flatMap((setting) =>
    setting.from === 'store' ? [setting.store] : [],
  );
}

/** Variables whose values are secrets, of whatever part: nobody is handed them who is not named with them. */
export function secretVariables({ stores, services, jobs }: Catalogue): ReadonlySet<string> {
  const addresses = Object.values(stores).map(({ addressVariable }) => addressVariable);
  const told = [...Object.values(services), ...Object.values(jobs)].flatMap(({ environment }) =>
    Object.entries(environment).flatMap(([variable, setting]) =>
      setting.from === 'secret' || (setting.from === 'operator' && setting.secret)
        ? [variable]
        : [],
    ),
  );
  return new Set([...addresses, ...told]);
}
