import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const folder = resolve(__dirname, "../../.cache/chromium");
/** Longest wait for a browser or for something on a page: Playwright's own half a minute is short where four files run at once. */
const timeout = 120_000;

/** The Chromium that set-up unpacked, or the one that `CHROMIUM_PATH` names. */
function executable(): { readonly path: string; readonly env: Record<string, string> } {
  const named = process.env.CHROMIUM_PATH;
  if (named) return { path: named, env: {} };
  const path = join(folder, "chromium");
  if (!existsSync(path)) {
    throw new Error(
      "No Chromium for the tests of pages. On Linux x86-64 run: node local/setup.mjs test. Elsewhere install one (apt-get install chromium) and name it: CHROMIUM_PATH=/usr/bin/chromium npm test",
    );
  }
  return { path, env: { LD_LIBRARY_PATH: join(folder, "al2023/lib"), FONTCONFIG_PATH: join(folder, "fonts") } };
}

/** A browser for the tests of one file, with a camera that shows a moving pattern and that every page may use. */
export function testBrowser(): { page(options?: BrowserContextOptions): Promise<Page> } {
  let browser: Browser | undefined;
  beforeAll(async () => {
    const { path, env } = executable();
    browser = await chromium.launch({
      executablePath: path,
      timeout,
      env: { ...process.env, ...env } as Record<string, string>,
      // As root, which containers are, Chromium has no sandbox; it opens pages of this repository alone.
      args: ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
    });
  });
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
  });
  afterAll(() => browser?.close());
  return {
    async page(options) {
      if (browser === undefined) throw new Error("The browser is only there while tests run.");
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      context.setDefaultTimeout(timeout);
      return context.newPage();
    },
  };
}

/** A width on which people hold pages in one hand. */
export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** What axe-core finds wrong on the page as it is now: WCAG 2.2 A and AA, and best practices. One line a place. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // Past the page's own policy, which allows no scripts of strangers.
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const violations = (await page.evaluate(
    "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((all) => all.violations)",
  )) as readonly Violation[];
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = "" }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
  );
}
