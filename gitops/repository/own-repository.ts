import { loadEnvironments } from "../../environments/load";
import { wantedOf } from "./wanted";

/** `owner/name` of the repository that the environment files name. @throws SettingsError, or UserError where they name several */
export const ownRepository = (): string => wantedOf(loadEnvironments()).repository;
