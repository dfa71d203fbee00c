import type { Provider } from '../provider.port.ts';
import type { Step, StepContext } from './step.ts';

export const restoreState: Step = (context, version) => providerOf(context).restoreState(version);

/** The subject is their addresses, with spaces between. */
export const mendInfrastructure: Step = (context, addresses) =>
  providerOf(context).mend(addresses.split(' '));

function providerOf({ provider }: StepContext): Provider {
  if (provider === undefined) throw new Error('Nothing is known of the infrastructure here.');
  return provider;
}
