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

/**
 * Tells the app the load balancer whose word it believes, which has no ARN before the environment is made; Beanstalk puts it in
 * (Elastic Beanstalk Developer Guide, "Functions" and "Modifying the resources that Elastic Beanstalk creates for your environment").
 */
const loadBalancer = `option_settings:
  aws:elasticbeanstalk:application:environment:
    OIDC_LOAD_BALANCER_ARN: '\`{"Ref": "AWSEBV2LoadBalancer"}\`'
`;

/** Files beside the code by which Beanstalk's Node.js platform runs it. */
export function beanstalkFiles(name: string): Readonly<Record<string, string>> {
  // No dependencies: they are in index.js, so that an instance starts without a package registry.
  const packageJson = { name: `darkroom-${name}`, version: "1.0.0", private: true, engines: { node: ">=20.9" } };
  return {
    Procfile: "web: node index.js\n",
    "package.json": `${JSON.stringify(packageJson, undefined, 2)}\n`,
    ".ebextensions/load-balancer.config": loadBalancer,
    ".platform/nginx/conf.d/darkroom.conf": nginx,
  };
}
