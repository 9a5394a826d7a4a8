/**
 * What Beanstalk's nginx lets through (Elastic Beanstalk Developer Guide, "Extending your Elastic Beanstalk Linux
 * platforms"): it would refuse bodies above 1 MB and write each to the disk before the app sees it. The app limits sizes
 * itself, and answers within a minute, as the load balancer waits no longer.
 */
const nginx = `client_max_body_size 0;
client_body_timeout 60s;
proxy_request_buffering off;
proxy_http_version 1.1;
proxy_read_timeout 65s;
`;

/** Files beside the code by which Beanstalk's Node.js platform runs it. */
export function beanstalkFiles(name: string): Readonly<Record<string, string>> {
  // No dependencies: they are in index.js, so that an instance starts without a package registry.
  const packageJson = { name: `darkroom-${name}`, version: "1.0.0", private: true, engines: { node: ">=20.9" } };
  return {
    Procfile: "web: node index.js\n",
    "package.json": `${JSON.stringify(packageJson, undefined, 2)}\n`,
    ".platform/nginx/conf.d/darkroom.conf": nginx,
  };
}
