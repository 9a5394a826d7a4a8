import type { BrowserContextOptions, Page } from "playwright-core";
import type { testBrowser } from "../../support/browser";

/** A page of an app, and what its console says that should not be. */
export interface OpenPage {
  readonly page: Page;
  readonly said: string[];
}

/** Opens a page and waits until it shows `ready`. */
export async function openPage(
  browser: ReturnType<typeof testBrowser>,
  {
    url,
    ready,
    options,
  }: { readonly url: string; readonly ready: string; readonly options?: BrowserContextOptions | undefined },
): Promise<OpenPage> {
  const page = await browser.page(options);
  const said: string[] = [];
  // A refusal is also in the console, in the browser's own words.
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) said.push(message.text());
  });
  page.on("pageerror", (error) => said.push(String(error)));
  await page.goto(url);
  await page.getByText(ready).waitFor();
  return { page, said };
}

/** Notes from now on what a part of a page shows, also what stands there for a moment only. @returns every text that it had */
export async function textsOf(page: Page, selector: string): Promise<() => Promise<string>> {
  await page.evaluate(`{
    const part = document.querySelector(${JSON.stringify(selector)});
    globalThis.texts = [part.textContent];
    new MutationObserver(() => texts.push(part.textContent)).observe(part, {
      childList: true, characterData: true, subtree: true
    });
  }`);
  return async () => ((await page.evaluate("globalThis.texts")) as readonly string[]).join("\n");
}
