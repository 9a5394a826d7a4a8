import { accessKinds } from "../../environments/settings/analytics";
import { hiddenInStudio } from "../../modules/studio-portal";
import { environmentWith, resource, synth } from "../support/synth";

/** What people with these privileges see that people without any do not. */
const shown = (...access: Parameters<typeof hiddenInStudio>[0]) => {
  const [nothing, some] = [hiddenInStudio([]), hiddenInStudio(access)];
  return [
    ...nothing.hiddenAppTypes.filter((type) => !some.hiddenAppTypes.includes(type)),
    ...nothing.hiddenMlTools.filter((tool) => !some.hiddenMlTools.includes(tool)),
  ];
};

it.each([
  ["notebooks", ["JupyterLab"]],
  ["training", ["Training"]],
  ["prebuilt-models", ["Endpoints", "JumpStart", "Models"]],
  ["batch-inference", ["Models"]],
] as const)("Studio shows a group with %s what it can use, and nothing more", (privilege, expected) => {
  expect(shown(privilege)).toEqual(expected);
});

it("shows nobody apps that cannot be started, whatever the privileges", () => {
  expect(hiddenInStudio(accessKinds).hiddenAppTypes).toEqual([
    "Canvas",
    "CodeEditor",
    "JupyterServer",
    "RStudioServerPro",
  ]);
});

describe("a Studio domain", () => {
  const { analytics } = synth(environmentWith("prod"));
  const settings = (type: string, id: string, block: string) =>
    (resource(analytics, type, id)[block] as { studio_web_portal_settings: { hidden_ml_tools: string[] } })
      .studio_web_portal_settings.hidden_ml_tools;

  it("shows each person what their group may use, and all hidden to whoever has no group", () => {
    const tools = ["JumpStart", "Training"];
    const hidden = (person: string) =>
      tools.filter((tool) =>
        settings("aws_sagemaker_user_profile", `profile-${person}`, "user_settings").includes(tool),
      );
    expect(hidden("ada-okafor")).toEqual(["Training"]);
    expect(hidden("chen-wei")).toEqual([]);
    const nobody = settings("aws_sagemaker_domain", "studio", "default_user_settings");
    expect(tools.filter((tool) => nobody.includes(tool))).toEqual(tools);
  });

  it("is Studio, not Studio Classic, and gives spaces and apps the tags of their people", () => {
    expect(resource(analytics, "aws_sagemaker_domain", "studio")).toMatchObject({
      tag_propagation: "ENABLED",
      default_user_settings: { default_landing_uri: "studio::", studio_web_portal: "ENABLED" },
    });
    expect(resource(analytics, "aws_sagemaker_user_profile", "profile-ada-okafor").tags).toEqual({
      group: "prod-image-analysts",
      person: "ada.okafor",
    });
  });
});
