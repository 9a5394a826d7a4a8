import type { Page } from "playwright-core";
import { accessibilityFaults } from "../../support/browser";

/** A file as somebody chooses it on a page. */
export const jpeg = (name: string, buffer: Buffer) => ({ name, mimeType: "image/jpeg", buffer });

/** The row of a file in the list of those that were chosen. */
export const row = (page: Page, name: string | RegExp) =>
  page.locator("#list").getByRole("listitem").filter({ hasText: name });

/** Waits until the page sums up so. */
export const summary = (page: Page, text: string | RegExp) => page.locator("#summary", { hasText: text }).waitFor();

/** A name that a phone's page has to break somewhere. */
export const longName = `${"a long name without a space".replaceAll(" ", "-").repeat(4)}.jpg`;

/** Without a fault of accessibility, no wider than a phone, and with a button for a thumb. */
export async function expectPhonePage(page: Page): Promise<void> {
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  const button = await page.getByText("Choose images", { exact: true }).boundingBox();
  expect(button?.height).toBeGreaterThanOrEqual(44);
}

/** The page tells that somebody is signed out, and of a file that it did not go. */
export async function expectSignedOut(page: Page, ofFile: string): Promise<void> {
  await page.getByRole("alert").filter({ hasText: "You are signed out. Sign in again" }).waitFor();
  await row(page, ofFile).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
}
