import type { DeliverySnapshot } from '../delivery.port.ts';
import type { Finding, FindingKind } from '../snapshot/finding.ts';
import type { Snapshot } from '../snapshot/snapshot.types.ts';
import type { Plan, Rule } from './rule.ts';

/** The release of an environment to which releases are delivered. Carried out alone: then it is looked at again. */
export const releaseRules: readonly Rule[] = [
  {
    name: 'registry-away',
    area: 'release',
    when: 'Nodes cannot reach the registry, and no release came lately',
    remedy: 'refuse, and say what runs on and what does not',
    applies: ({ release }) => release?.unpullable?.isRegistryAway === true && !canGoBack(release),
    plan: () => refuse(registryAway),
  },
  {
    name: 'set-unpullable',
    area: 'release',
    when: 'Nodes cannot pull the images of the release that came last, or the registry went away while it came',
    remedy:
      'bring the code of the release before back, which nodes have: at once in the cluster, then in git',
    applies: ({ release }) => release?.unpullable !== undefined && canGoBack(release),
    plan: ({ release }) => goBack(release, true),
  },
  {
    name: 'way-back-unfinished',
    area: 'release',
    when: 'Argo CD is paused: a way back was begun, and git was away',
    remedy: 'end it: the earlier release goes to git, and Argo CD to work',
    applies: ({ release }) => release?.argocd === 'paused' && release.byHand === undefined,
    plan: ({ release }) => goBack(release, true),
  },
  {
    name: 'bad-code-migrated',
    area: 'release',
    when: 'Readers are not served, or pods fall, since a release whose migrations go back and lose nothing; nothing else is wrong that would explain it',
    remedy: 'take its migrations back, then its code: at once in the cluster, then in git',
    applies: (snapshot) =>
      isBad(snapshot) &&
      snapshot.release?.migrations === 'reversible' &&
      canGoBack(snapshot.release),
    plan: ({ release }) => goBack(release, false),
  },
  {
    name: 'bad-code',
    area: 'release',
    when: 'The same since a release without such migrations',
    remedy:
      'bring the code of the release before back, at once in the cluster, then in git; migrations that do not go back, or lose something, stay: an older release runs on a newer schema',
    applies: (snapshot) => isBad(snapshot) && canGoBack(snapshot.release),
    plan: ({ release }) => goBack(release, true),
  },
  {
    name: 'bad-code-by-hand',
    area: 'release',
    when: 'The same, but there is no release to go back to, the release is older than a day, or the environment follows a branch of everybody’s',
    remedy: 'refuse, and say which command goes back all the same',
    applies: (snapshot) => isBad(snapshot) || snapshot.release?.unpullable !== undefined,
    plan: ({ release }) => refuse(byHand(release)),
  },
  {
    name: 'argocd-held',
    area: 'release',
    when: 'Argo CD is paused, the cluster runs what git has, and readers are served: somebody paused it',
    remedy: 'refuse, and say how it goes on',
    applies: ({ release }) => release?.argocd === 'held',
    plan: () => refuse(argocdHeld),
  },
  {
    name: 'argocd-away',
    area: 'release',
    when: 'Argo CD does not answer, and readers are served',
    remedy: 'refuse, and say how it is started again: nothing that runs is touched',
    applies: ({ release }) => release?.argocd === 'away',
    plan: () => refuse(argocdAway),
  },
];

/** What a bad release shows itself by; anything else that is wrong comes first. */
const signs: ReadonlySet<FindingKind> = new Set([
  'readers-unserved',
  'release-broken',
  'release-unpullable',
  'argocd-away',
  'argocd-paused',
  'process-away',
  'service-fails',
]);

function isBad({ release, findings }: Snapshot): boolean {
  if (release === undefined) return false;
  const isOnlySign = ({ level, kind }: Finding) => level !== 'fault' || signs.has(kind);
  const shows = release.unserved !== undefined || release.broken !== undefined;
  return shows && findings.every(isOnlySign);
}

/** What is wrong a day after a release is seldom its fault. */
function canGoBack(release: DeliverySnapshot | undefined): boolean {
  return release?.before !== undefined && release.byHand === undefined && release.isRecent;
}

function goBack(release: DeliverySnapshot | undefined, keepMigrations: boolean): PlanOf {
  const { release: from, before = 'the release before', argocd } = release ?? {};
  const says =
    argocd === 'paused'
      ? `End the way back to ${before} that was begun`
      : `Go back from ${from} to ${before}${keepMigrations ? '' : ', its migrations first'}`;
  const subject = keepMigrations ? 'code' : 'code-and-migrations';
  return { steps: [{ step: 'go-back', subject, says }], expectedSeconds: 30 };
}

type PlanOf = Omit<Plan, 'rule' | 'area' | 'when'>;

function refuse(refused: string): PlanOf {
  return { steps: [], expectedSeconds: 0, refused };
}

function byHand(release: DeliverySnapshot | undefined): string {
  if (release?.byHand !== undefined) return release.byHand;
  if (release?.before === undefined) {
    return 'There is no release to go back to. Fix forward: a hotfix from its tag (`./gl hotfix start NAME`).';
  }
  const gone =
    release.unpullable === undefined
      ? ''
      : ' Its images are gone from the registry: push them again.';
  return `${release.release} came more than a day ago and ran well: its code alone is seldom the reason. Look at what else changed.${gone} \`./gl --env production rollback\` goes back to ${release.before} all the same.`;
}

const registryAway =
  'Pods that run go on, and start again where their image lies on the node; new nodes and new releases wait. Bring the registry back, or the nodes’ way to it: pods then start by themselves. Release nothing until then.';

const argocdHeld =
  'Ask who paused it, and why. `kubectl -n argocd annotate applications.argoproj.io gospelib-<environment> argocd.argoproj.io/skip-reconcile-` lets it go on.';

const argocdAway =
  'What runs goes on, and `./gl --env production rollback` works without it. Start it again: `kubectl -n argocd rollout restart deployment,statefulset`, then `./gl cluster bootstrap` for the environment tells how it fares.';
