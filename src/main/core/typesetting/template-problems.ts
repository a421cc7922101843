import type { z } from 'zod';
import { templateReasons, type TemplateProblem, type TemplateReason } from '../contract/index.ts';
import { unknownPlaceholder } from './kind-rules.ts';

/** A schema's complaints as places and reasons that a person can be told. `value` is what was judged. */
export function problemsOf(error: z.ZodError, value: unknown): readonly TemplateProblem[] {
  return error.issues.slice(0, mostProblems).flatMap((issue): readonly TemplateProblem[] => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.slice(0, 5).map((key) => problem([...path, key], 'unknown'));
    return [problem(path, ...reasonOf(issue, valueAt(value, issue.path)))];
  });
}

const mostProblems = 50;
const longestPath = 160;

function problem(path: readonly string[], reason: TemplateReason, named?: string): TemplateProblem {
  const where = path.join('.').slice(0, longestPath);
  return named === undefined
    ? { path: where, reason }
    : { path: where, reason, named: named.slice(0, longestPath) };
}

const isReason = (text: string): text is TemplateReason => templateReasons.some((reason) => reason === text);

function reasonOf(
  issue: z.core.$ZodIssue,
  value: unknown,
): readonly [reason: TemplateReason, named?: string] {
  switch (issue.code) {
    case 'custom':
      if (!isReason(issue.message)) return ['wrong-type'];
      if (issue.message === 'number-placeholder' && typeof value === 'string')
        return [issue.message, unknownPlaceholder(value) ?? ''];
      if (issue.message === 'number-sequence') return [issue.message, '{sequence}'];
      return [issue.message];
    case 'too_small':
      return typeof value === 'number' ? ['too-small', String(issue.minimum)] : ['empty'];
    case 'too_big': {
      const most = String(issue.maximum);
      return [
        typeof value === 'number' ? 'too-large' : typeof value === 'string' ? 'too-long' : 'too-many',
        most,
      ];
    }
    case 'invalid_format':
      return ['name-form'];
    case 'invalid_value':
      return value === undefined ? ['missing'] : ['not-one-of', issue.values.map(String).join(', ')];
    case 'invalid_key':
      return ['kind-form'];
    default:
      return [value === undefined ? 'missing' : 'wrong-type'];
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    return Reflect.get(at, key) as unknown;
  }, value);
}
