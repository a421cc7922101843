import type { z } from 'zod';

/** Where a document first broke its schema, as a dotted path: "content.recipients.0.name". */
export function firstIssueField(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return '?';
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys' && issue.keys[0] !== undefined) path.push(issue.keys[0]);
  return path.join('.').slice(0, 120) || 'JSON';
}
