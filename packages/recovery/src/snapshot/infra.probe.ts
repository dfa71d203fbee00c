import type { Provider, ProviderSnapshot } from '../provider.port.ts';
import type { Finding } from './finding.ts';
import type { Answer } from './probe.answer.ts';

/** Whether the infrastructure is what was applied, and the state that tells so is there. */
export async function probeInfrastructure(
  provider: Pick<Provider, 'look'> | undefined,
  say: (line: string) => void,
): Promise<Answer<ProviderSnapshot>> {
  if (provider === undefined) return { snapshot: undefined, findings: [] };
  say('looking at the infrastructure …');
  const snapshot = await provider.look();
  const { state, lock, drifted, environment } = snapshot;
  const findings: Finding[] = drifted.map(({ address, says }) => ({
    kind: 'infra-drifted',
    level: 'fault',
    subject: address,
    text: says,
  }));
  if (state) {
    findings.push({
      kind: 'state-damaged',
      level: 'fault',
      subject: environment,
      text: state.says,
    });
  }
  if (lock) {
    findings.push({ kind: 'state-held', level: 'warning', subject: environment, text: lock.says });
  }
  return { snapshot, findings };
}
