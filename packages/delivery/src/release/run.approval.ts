import { exitCodes, OperatorError } from '@gospelib/cli-kit';
import { z } from 'zod';
import { askGithub, type GithubAccess } from '../github/github.client.ts';

const user = z.object({ login: z.string() });
const approvals = z.array(
  z.object({
    state: z.string(),
    comment: z.string().nullish(),
    user,
    environments: z.array(z.object({ name: z.string() })),
  }),
);
const run = z.object({
  head_sha: z.string(),
  head_branch: z.string().nullish(),
  triggering_actor: user,
});
const environment = z.object({
  protection_rules: z.array(
    z.object({ type: z.string(), prevent_self_review: z.boolean().optional() }),
  ),
});

/** What GitHub knows of the approval of a run. */
export interface ApprovalFacts {
  approvals: z.output<typeof approvals>;
  run: z.output<typeof run>;
  rules: z.output<typeof environment>['protection_rules'];
}

/** Who agreed to a release. */
export interface Approval {
  by: string;
  /** Whether it is the one who asked for it. */
  isOwn: boolean;
  comment: string;
}

/** Asks GitHub who agreed that this run changes an environment. @throws OperatorError */
export async function readApproval(
  access: GithubAccess,
  name: string,
  runId: string,
): Promise<ApprovalFacts> {
  const [given, of, settings] = await Promise.all([
    askGithub(access, `/actions/runs/${runId}/approvals`, approvals),
    askGithub(access, `/actions/runs/${runId}`, run),
    askGithub(access, `/environments/${name}`, environment),
  ]);
  return { approvals: given, run: of, rules: settings.protection_rules };
}

/**
 * The approval of a release; without one that counts nothing goes on.
 * @param commit that of the release: an approval of a run of another commit is none
 * @throws OperatorError (refused)
 */
export function judgeApproval(
  { approvals: given, run: of, rules }: ApprovalFacts,
  name: string,
  commit: string,
): Approval {
  const reviewers = rules.find(({ type }) => type === 'required_reviewers');
  if (reviewers === undefined) {
    throw refused(
      `GitHub lets everybody change ${name}: its environment asks no reviewer.`,
      `Name who may agree: Settings, Environments, ${name}, Required reviewers.`,
    );
  }
  if (of.head_sha !== commit) {
    throw refused(
      `This run is of ${of.head_sha.slice(0, 12)}, the release of ${commit.slice(0, 12)}.`,
      'Push the tag of the release again, and agree to the run that it starts.',
    );
  }
  const own = given.filter(({ environments }) => environments.some((one) => one.name === name));
  if (own.some(({ state }) => state === 'rejected')) {
    throw refused(`Somebody has rejected this run for ${name}.`);
  }
  const agreed = own.filter(({ state }) => state === 'approved');
  if (agreed.length === 0) throw refused(`Nobody has agreed to this run for ${name}.`);
  const asked = of.triggering_actor.login;
  const best = agreed.find(({ user: { login } }) => login !== asked) ?? agreed[0];
  const isOwn = best?.user.login === asked;
  if (isOwn && reviewers.prevent_self_review === true) {
    throw refused(
      `${asked} asked for this release and agreed to it; the environment ${name} wants somebody else.`,
    );
  }
  return { by: best?.user.login ?? '', isOwn, comment: best?.comment ?? '' };
}

function refused(what: string, remedy?: string): OperatorError {
  return new OperatorError(what, remedy, {
    meaning: 'Nothing was changed.',
    exitCode: exitCodes.refused,
  });
}
