import type { Terraform } from "../../gitops/terraform/run";

/** A Terraform whose binary is the program at `path`. */
export const fakeTerraform = (path: string, env: NodeJS.ProcessEnv = {}): Terraform => ({
  binary: {
    path,
    product: "terraform",
    version: "1.11.4",
    platform: "linux_amd64",
    registryHost: "registry.terraform.io",
  },
  source: { kind: "own-mirror", description: "", parallelInit: true },
  env: { PATH: process.env.PATH, ...env },
});
