import { run } from "./run.mjs";

/** Oldest versions that work: Node by the engines field, Python by the packages of requirements.txt, Terraform by the S3 backend's native lock file. */
const oldest = { node: [20, 9], python: [3, 10], terraform: [1, 10] };

const numbers = (version) => version.split(".").map((part) => Number.parseInt(part, 10) || 0);

const isOlder = (version, [major, minor]) => {
  const [itsMajor = 0, itsMinor = 0] = numbers(version);
  return itsMajor < major || (itsMajor === major && itsMinor < minor);
};

const checkNode = () =>
  isOlder(process.versions.node, oldest.node)
    ? `Node.js ${process.versions.node} is too old: install Node.js 20.9 or newer, for example with: nvm install 22`
    : undefined;

const askPython = `
import importlib.util, platform
print(platform.python_version(), *[m for m in ("venv", "ensurepip") if importlib.util.find_spec(m) is None])
`;

const checkPython = async () => {
  const install = "apt-get install python3 python3-venv (Debian, Ubuntu) or: brew install python (macOS)";
  const [version, ...missing] = (await run("python3", ["-c", askPython]).catch(() => "")).trim().split(" ");
  if (!version) return `Python is missing: install Python 3.10 or newer, for example with: ${install}`;
  if (isOlder(version, oldest.python))
    return `Python ${version} is too old: install Python 3.10 or newer, for example with: ${install}`;
  // Debian and Ubuntu ship the venv module without ensurepip, in a package of its own.
  if (missing.length > 0)
    return `Python's venv module is missing (${missing.join(", ")}): install it, for example with: apt-get install python3-venv (Debian, Ubuntu)`;
  return undefined;
};

const checkTerraform = async (binary) => {
  const install =
    "install Terraform 1.10 or newer (https://developer.hashicorp.com/terraform/install), or name another binary in TERRAFORM_BINARY_NAME, for example tofu";
  const env = { ...process.env, CHECKPOINT_DISABLE: "1" };
  const answer = await run(binary, ["version", "-json"], { env }).catch(() => "");
  const version = /"terraform_version":\s*"([^"]+)"/.exec(answer)?.[1];
  if (version === undefined) return `Terraform is missing (no command ${binary}): ${install}`;
  return isOlder(version, oldest.terraform) ? `Terraform ${version} (${binary}) is too old: ${install}` : undefined;
};

/** One line for each tool that is missing or too old, telling how to install it. Empty when all are there. */
export const missingPrerequisites = async () => {
  const binary = process.env.TERRAFORM_BINARY_NAME || "terraform";
  const found = await Promise.all([checkNode(), checkPython(), checkTerraform(binary)]);
  return found.filter((line) => line !== undefined);
};
