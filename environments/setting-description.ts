import { z } from "zod";
import { schemaAt } from "./faults/schema-walk";
import { type Environment, environmentSchema } from "./schema";

/**
 * What an environment file says of a setting where it stands: the schema's own description.
 * @param path - entries of a list by their name in brackets: `["processing", "renditions", "[web]", "quality"]`
 */
export function settingDescription(environment: Environment, path: readonly string[]): string | undefined {
  const places = path.map((step) => (step.startsWith("[") ? 0 : step));
  const parent = schemaAt(environmentSchema, environment, places.slice(0, -1));
  const last = places.at(-1);
  // An optional setting is described outside of its own schema.
  if (parent instanceof z.ZodObject && last !== undefined) {
    return (parent.shape as Record<string, z.ZodType>)[last]?.description;
  }
  return undefined;
}
