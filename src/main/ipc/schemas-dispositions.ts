import { z } from 'zod';
import { maximumReceivers } from '../core/contract/dispositions.ts';

/** What the page may send about dispositions. */
const id = z.uuid();
/** Words that somebody else reads: never empty. */
const words = z.string().trim().min(1).max(2000);
const ofTask = z.strictObject({ taskId: id });
const withWords = z.strictObject({ taskId: id, text: words });
const withReason = z.strictObject({ taskId: id, text: z.string().max(2000) });

export const dispositionSchemas = {
  'dispositions.give': z.strictObject({
    letterId: id,
    parentTaskId: id.nullable(),
    receivers: z.array(id).min(1).max(maximumReceivers),
    instructions: z.array(z.string().regex(/^[a-z0-9-]{1,40}$/)).max(40),
    note: z.string().max(2000),
    deadline: z.iso.date().nullable(),
  }),
  'dispositions.tree': z.strictObject({ letterId: id }),
  'dispositions.people': z.strictObject({ letterId: id, parentTaskId: id.nullable() }),
  'dispositions.instructions': z.strictObject({}),
  'dispositions.open': ofTask,
  'dispositions.begin': ofTask,
  'dispositions.note': z.strictObject({
    taskId: id,
    text: words,
    percent: z.int().min(0).max(100).nullable(),
  }),
  'dispositions.report': withWords,
  'dispositions.return': withWords,
  'dispositions.cancel': withReason,
  'dispositions.take': withReason,
  'dispositions.addSubtask': z.strictObject({ taskId: id, text: z.string().trim().min(1).max(300) }),
  'dispositions.tickSubtask': z.strictObject({ subtaskId: id, done: z.boolean() }),
  'dispositions.removeSubtask': z.strictObject({ subtaskId: id }),
};
