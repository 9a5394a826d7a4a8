import type { Environment } from "../../environments/schema";
import type { Caller } from "./caller";
import type { Finding } from "./finding";

/** What a check may look at. Nothing of it is changed. */
export interface Surroundings {
  /** The checkout. */
  readonly root: string;
  /** Of this process: PATH, GITHUB_TOKEN, credentials. */
  readonly env: NodeJS.ProcessEnv;
  readonly now: Date;
}

/** Looks at the checkout, the computer or the repository on GitHub. */
export interface GeneralCheck {
  readonly title: string;
  readonly look: (surroundings: Surroundings) => Promise<readonly Finding[]>;
}

/** An environment and the account it belongs to. */
export interface Site extends Surroundings {
  readonly environment: Environment;
  /** Who asks, and with what. */
  readonly caller: Caller;
}

/** Looks at an environment in its account; asked only when the credentials are those of the account. */
export interface AccountCheck {
  readonly title: string;
  readonly look: (
    site: Site & { readonly caller: Caller & { readonly env: NodeJS.ProcessEnv } },
  ) => Promise<readonly Finding[]>;
}
