import type { Environment } from "../../environments/schema";
import { roleArn } from "../../modules/names";
import { localEnvironment } from "../target";

/** An environment as a job's matrix needs it. */
export interface PromotedEnvironment {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly planRole: string;
  readonly applyRole: string;
}

/** The last ones, in this order; environments of other names come before them. */
const last = ["staging", "prod"];

/** Environments in the order in which a merge reaches them, without the local one. */
export function promotionOrder(environments: readonly Environment[]): PromotedEnvironment[] {
  const rank = ({ name }: Environment) => last.indexOf(name);
  return environments
    .filter(({ name }) => name !== localEnvironment)
    .sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name, "en"))
    .map((environment) => ({
      name: environment.name,
      account: environment.account,
      region: environment.region,
      planRole: roleArn(environment, "plan"),
      applyRole: roleArn(environment, "apply"),
    }));
}
