import { problem } from '@gospelib/contracts';
import { z } from 'zod';

/** The parts of an OpenAPI document that are used here. */
interface Described {
  paths?: Record<string, Record<string, { responses?: Record<string, Answer> }>>;
  components?: { schemas?: Record<string, unknown> };
}

interface Answer {
  description: string;
  content?: Record<string, unknown>;
}

const problemType = 'application/problem+json';
const aProblem: Answer = {
  description: 'A problem as of RFC 9457.',
  content: { [problemType]: { schema: { $ref: '#/components/schemas/Problem' } } },
};

/**
 * Adds what holds for the answers of every route: any other answer is a problem, problems have their own media type,
 * and answers without content describe none.
 */
export function describeAnswers<D extends object>(document: D): D {
  const { paths = {}, ...rest }: Described = document;
  const described = Object.entries(paths).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations).map(([method, operation]) => [
        method,
        { ...operation, responses: answersOf(operation.responses ?? {}) },
      ]),
    ),
  ]);
  const schemas = { ...rest.components?.schemas, Problem: z.toJSONSchema(problem) };
  return {
    ...document,
    paths: Object.fromEntries(described),
    components: { ...rest.components, schemas },
  };
}

function answersOf(responses: Record<string, Answer>): Record<string, Answer> {
  const answers = Object.entries(responses).map(([status, answer]) => [
    status,
    answerOf(status, answer),
  ]);
  return { ...Object.fromEntries(answers), default: aProblem };
}

function answerOf(status: string, { content, ...answer }: Answer): Answer {
  if (status === '204' || status === '303' || content === undefined) return answer;
  if (Number(status) < 400) return { ...answer, content };
  return { ...answer, content: { [problemType]: Object.values(content)[0] } };
}
