import { z } from "zod";
import { messageOf, UserError } from "../user-error";

const action = z.enum(["no-op", "create", "read", "update", "delete", "forget"]);

const rawChange = z.looseObject({
  actions: z.array(action),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
  importing: z.unknown().optional(),
});

const resourceChange = z.looseObject({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.enum(["managed", "data"]),
  type: z.string(),
  action_reason: z.string().optional(),
  change: rawChange,
});

/**
 * The parts of `terraform show -json <plan>` that are used here; the rest is kept as it came.
 * Format 1.x, https://developer.hashicorp.com/terraform/internals/json-format
 */
const planSchema = z.looseObject({
  format_version: z.string().regex(/^1\./, "expected format 1.x"),
  resource_changes: z.array(resourceChange).default([]),
  resource_drift: z.array(resourceChange).default([]),
  /** The attributes that the planned changes stem from. */
  relevant_attributes: z
    .array(z.looseObject({ resource: z.string(), attribute: z.array(z.union([z.string(), z.number()])).default([]) }))
    .default([]),
  output_changes: z.record(z.string(), rawChange).default({}),
  errored: z.boolean().optional(),
});

/** A plan as Terraform writes it. Holds values in clear, sensitive ones too: never show or keep it. */
export type PlanJson = z.infer<typeof planSchema>;

/** The plan that changes nothing. */
export const emptyPlan: PlanJson = planSchema.parse({ format_version: "1.2" });

/** A change of one resource, or of what Terraform found changed outside of it. */
export type RawResourceChange = z.infer<typeof resourceChange>;

/** @throws UserError when the text is not a plan of a known format. */
export function parsePlan(text: string): PlanJson {
  try {
    return planSchema.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new UserError(`Expected a plan in Terraform's JSON format 1.x, but ${why}.`);
  }
}
