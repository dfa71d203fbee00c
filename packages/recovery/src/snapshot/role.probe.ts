import { servicePassword } from '@gospelib/data-ops';
import { connectDatabase, sqlStateOf } from '@gospelib/database';
import type { Environment } from '@gospelib/environment';

/** SQLSTATE invalid_password, and invalid_authorization_specification: no such role, or it may not sign in. */
const REFUSED = ['28P01', '28000'];

/** Whether PostgreSQL refuses the role of a service with the password that the service is given. */
export async function isRoleRefused(
  environment: Environment,
  schema: string,
  ownerUrl: string,
): Promise<boolean> {
  const url = new URL(ownerUrl);
  url.username = `${schema}_service`;
  url.password = await servicePassword(environment, schema);
  const database = connectDatabase({
    url: url.href,
    schema,
    application: 'gospelib-recovery',
    connections: 1,
    connectTimeout: 5_000,
  });
  try {
    await database.ping();
    return false;
  } catch (error) {
    const state = sqlStateOf((error as Error).cause);
    if (state !== undefined && REFUSED.includes(state)) return true;
    throw error;
  } finally {
    await database.close();
  }
}
