import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { bundleApp } from "../../../apps/bundle/bundle";
import { repository } from "../../../apps/bundle/paths";
import { readAppBundle } from "../../../apps/bundle/read-bundle";
import { temporaryFolders } from "../../fixtures/temporary-folder";

const folder = temporaryFolders();

/** The inputs of a bundle in a folder of their own. */
function clone(): string {
  const root = folder();
  for (const input of [
    "apps",
    "functions/common",
    "functions/producer",
    "functions/contract",
    "environments/settings",
  ]) {
    mkdirSync(dirname(join(root, input)), { recursive: true });
    cpSync(join(repository, input), join(root, input), { recursive: true });
  }
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  return root;
}

it("the same code gives the same bytes in another folder, and other code other bytes", async () => {
  const root = clone();
  const here = await bundleApp("stream");
  const there = await bundleApp("stream", root);
  expect(there.sha256).toBe(here.sha256);
  expect(readFileSync(there.zipPath)).toEqual(readFileSync(here.zipPath));
  expect(readAppBundle("stream", root)).toEqual(there);
  writeFileSync(join(root, "apps/stream/page/page.css"), "main { color: red }");
  const changed = await bundleApp("stream", root);
  expect(changed.sha256).not.toBe(here.sha256);
  expect(readAppBundle("stream", root).sha256).toBe(changed.sha256);
});

it("holds the code in one file, the page and what Beanstalk reads, and names no folder of this computer", async () => {
  const files = unzipSync(readFileSync((await bundleApp("stream")).zipPath));
  const text = (name: string): string => Buffer.from(files[name] ?? "").toString("utf8");
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining([".platform/nginx/conf.d/darkroom.conf", "Procfile", "index.js", "package.json"]),
  );
  expect(Object.keys(files)).toEqual(expect.arrayContaining(["page/index.html", "page/page.js", "page/base.css"]));
  expect(text("Procfile")).toBe("web: node index.js\n");
  expect(JSON.parse(text("package.json"))).toEqual({
    name: "darkroom-stream",
    version: "1.0.0",
    private: true,
    engines: { node: ">=20.9" },
  });
  expect(text(".ebextensions/load-balancer.config")).toBe(
    'option_settings:\n  aws:elasticbeanstalk:application:environment:\n    OIDC_LOAD_BALANCER_ARN: \'`{"Ref": "AWSEBV2LoadBalancer"}`\'\n',
  );
  expect(text("index.js")).not.toContain(repository);
});

it("refuses an app that imports a stack, an environment or a function", async () => {
  const root = clone();
  writeFileSync(join(root, "apps/stream/index.ts"), 'import "../../environments/settings/common";\n');
  await expect(bundleApp("stream", root)).rejects.toThrow(
    "apps/stream may import from apps/stream/, apps/common/, functions/producer/, functions/common/ only, but it imports environments/settings/common.ts",
  );
});

it("refuses a page's file that the common files would hide", async () => {
  const root = clone();
  writeFileSync(join(root, "apps/stream/page/base.css"), "");
  await expect(bundleApp("stream", root)).rejects.toThrow("apps/stream/page/base.css is also in apps/common/page.");
});

it("says what to run where there is no bundle", () => {
  expect(() => readAppBundle("stream", folder())).toThrow("apps/stream is not bundled. Run: npm run bundle");
});
