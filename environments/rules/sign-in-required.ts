import { rule } from "./rule";

/** Nobody reaches a web app unknown, everywhere but on this computer. */
export const signInRequired = rule(["webSignIn"], function* ({ name, webSignIn }) {
  if (name === "local" || webSignIn !== undefined) return;
  const expected = "where people of the web apps sign in, in every environment but local";
  yield { path: ["webSignIn"], expected, toDo: 'Add "webSignIn:" with what docs/settings.md lists.' };
});
