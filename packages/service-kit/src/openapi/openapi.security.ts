import type { SecurityScheme } from '@gospelib/contracts';
import type { Service } from '../service/service.types.ts';

/**
 * Describes what the routes of a scope need that are registered from here on. A guard calls it, so that the description
 * says what is enforced.
 * @param schemeOf the scheme for a route's template; undefined for a route that is open to everybody
 */
export function describeSecurity(
  scope: Service,
  schemeOf: (template: string) => SecurityScheme | undefined,
): void {
  scope.addHook('onRoute', (route) => {
    const scheme = schemeOf(route.url);
    route.schema = { ...route.schema, security: scheme === undefined ? [] : [{ [scheme]: [] }] };
  });
}
