import { rule } from "./rule";

/**
 * A load balancer takes certificates of its own region and account only
 * (ACM User Guide, "Services integrated with AWS Certificate Manager").
 */
export const certificatePlace = rule(["webApps", "region", "account"], function* ({ webApps, region, account }) {
  for (const app of ["stream", "upload"] as const) {
    const { certificateArn } = webApps[app];
    const [, , , itsRegion, itsAccount] = certificateArn?.split(":") ?? [];
    const path = ["webApps", app, "certificateArn"];
    const toDo = "Request or import the certificate there and write its ARN.";
    if (certificateArn && itsRegion !== region) {
      yield { path, expected: `a certificate in the region ${region}`, came: `got one in ${itsRegion}`, toDo };
    } else if (certificateArn && itsAccount !== account) {
      yield { path, expected: `a certificate in the account ${account}`, came: `got one in ${itsAccount}`, toDo };
    }
  }
});
