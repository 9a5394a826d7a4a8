import { withoutRandomWords } from "./random-words";
import { secretMark, withoutSecretForms } from "./secret-patterns";

/** Attributes that hold secrets although their provider does not mark them (terraform-provider-aws, schema of the resources). */
const secretNames =
  /(^|_)(password|passwd|secret|secrets|token|private_key|secret_key|access_key|api_key|auth_key|connection_string|credentials?|user_data(_base64)?|custom_data|master_user_secret|certificate_body|certificate_chain)$/i;

/** Names that end like a secret and are none. */
const harmless = /(^|_)(kms_secret|secret_arn|token_type|secret_name)$|_arn$|_id$|_name$/i;

/** Free text by a program's own name: environment variables, settings of Elastic Beanstalk. */
const variableName = /SECRET|TOKEN|PASSWORD|PASSWD|PRIVATE|CREDENTIAL|API_?KEY|ACCESS_?KEY|DSN|CONNECTION/i;

/** Hashes of content, which look as random as keys do. */
const hashNames =
  /(^|_)(etag|checksum\w*|\w*sha\d*|source_code_hash|content_hash|\w*hash|fingerprint|thumbprint_list|version_id|image_uri)$/i;

const wordsOf = (path: string): string[] => path.split(/[.[\]]+/).filter((step) => step !== "" && !/^\d+$/.test(step));

/** Whether the attribute at `path` (`environment[0].variables.DB_PASSWORD`) holds a secret by its name. */
export function isSecretAttribute(path: string): boolean {
  const steps = wordsOf(path);
  const last = steps.at(-1) ?? "";
  if (steps.includes("variables") || steps.includes("environment_variables")) return variableName.test(last);
  return steps.some((step) => secretNames.test(step) && !harmless.test(step));
}

/**
 * The value of an attribute as it may be shown; text and JSON in text are looked through for secrets.
 * @param value - as JSON, or one of Terraform's words in parentheses
 */
export function redactAttribute(path: string, value: string): string {
  if (/^\((sensitive|known after apply|none)\)$/.test(value)) return value;
  if (isSecretAttribute(path)) return secretMark;
  const formless = withoutSecretForms(value);
  return hashNames.test(wordsOf(path).at(-1) ?? "") ? formless : withoutRandomWords(formless);
}
