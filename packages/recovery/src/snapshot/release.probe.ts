import type { Delivery, DeliverySnapshot } from '../delivery.port.ts';
import type { Finding } from './finding.ts';
import type { Answer } from './probe.answer.ts';

/** Whether the release is what is wrong: as readers, nodes and Argo CD see it. */
export async function probeRelease(
  delivery: Delivery | undefined,
  say: (line: string) => void,
): Promise<Answer<DeliverySnapshot>> {
  if (delivery === undefined) return { snapshot: undefined, findings: [] };
  say('looking at the release …');
  const snapshot = await delivery.look();
  return { snapshot, findings: snapshot === undefined ? [] : tell(snapshot) };
}

function tell(snapshot: DeliverySnapshot): Finding[] {
  const { release, unserved, broken, unpullable, argocd } = snapshot;
  const subject = release ?? 'release';
  const fault = (kind: Finding['kind'], text: string): Finding => ({
    kind,
    level: 'fault',
    subject,
    text,
  });
  return [
    ...(unserved === undefined ? [] : [fault('readers-unserved', `Readers: ${unserved}.`)]),
    ...(broken === undefined ? [] : [fault('release-broken', `${subject}: ${broken}.`)]),
    ...(unpullable === undefined
      ? []
      : [fault('release-unpullable', `Nodes cannot pull its images: ${unpullable.words}`)]),
    ...(argocd === 'at work' ? [] : [fault(kinds[argocd], sentences[argocd])]),
  ];
}

type Idle = Exclude<DeliverySnapshot['argocd'], 'at work'>;
const kinds: Readonly<Record<Idle, Finding['kind']>> = {
  away: 'argocd-away',
  paused: 'argocd-paused',
  held: 'argocd-paused',
};
const sentences: Readonly<Record<Idle, string>> = {
  away: 'Argo CD does not answer: nothing of git reaches the cluster; what runs goes on.',
  paused:
    'Argo CD is paused: a way back was begun and not ended. Nothing of git reaches the cluster.',
  held: 'Argo CD is paused, and no way back was begun: somebody did so. Nothing of git reaches the cluster.',
};
