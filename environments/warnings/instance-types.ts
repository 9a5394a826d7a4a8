import type { Environment } from "../schema";

type Access = Environment["analytics"]["groups"][number]["access"][number];

interface Use {
  /** Families of instance types that SageMaker has for it. */
  readonly families: RegExp;
  readonly does: string;
  readonly example: string;
}

/**
 * What each privilege starts instances for. Sources: valid values in the SageMaker API reference, of ResourceSpec (Studio's apps),
 * ResourceConfig (training), ProductionVariant (endpoints) and TransformResources (batch inference), by which `ml.t3` runs notebooks and
 * training and hosts nothing.
 */
const uses: Readonly<Record<Access, Use>> = {
  notebooks: {
    families: /^(t3|[cmr]5|m5d|[cmr][67]i|[cmr]6id|g[4-9]\w*|p3|p3dn|p4d|p4de|p5|p5en|p6-b200|trn1n?|geospatial)$/,
    does: "runs notebooks",
    example: "ml.t3.medium",
  },
  training: {
    families: /^(t3|[cm][45]|c5n|r5d?|[cmr][678]i|[cmr][78]i-flex|g[4-9]\w*|p\d.*|trn\d\w*)$/,
    does: "trains",
    example: "ml.m5.xlarge",
  },
  "prebuilt-models": {
    families: /^(t2|[cm][45]|[cmr]5d?|[cmr][67]i|c6in|[cmr][678]gn?d?|g[4-9]\w*|p[2-6](?!dn).*|inf\d|trn\d\w*|dl1)$/,
    does: "hosts models",
    example: "ml.m5.xlarge",
  },
  "batch-inference": {
    families: /^([cm][45]|[cmr][67]i|g4dn|g5|g6e?|inf2|p[23]|trn1)$/,
    does: "runs batch inference",
    example: "ml.m5.xlarge",
  },
};

/** Whether SageMaker has an instance type, by its family, for what a privilege starts; of a family newer than this list, it is taken so. */
export function serves(access: Access, instanceType: string): boolean {
  const family = instanceType.split(".")[1] ?? "";
  return uses[access].families.test(family) || !Object.values(uses).some(({ families }) => families.test(family));
}

/** Privileges of groups that no instance type of theirs serves. */
export function instanceTypes({ analytics }: Pick<Environment, "analytics">): string[] {
  return analytics.groups.flatMap(({ name, access, instanceTypes: types }) =>
    access
      .filter((word) => !types.some((type) => serves(word, type)))
      .map((word) => {
        const { does, example } = uses[word];
        return `analytics.groups: ${name} has ${word}, and none of its instance types (${types.join(", ")}) ${does} in SageMaker. Add one that does, for example ${example}, or take ${word} away.`;
      }),
  );
}
