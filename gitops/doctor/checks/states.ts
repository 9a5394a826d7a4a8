import { GetObjectCommand, paginateListObjectsV2 } from "@aws-sdk/client-s3";
import { bucketName, layers } from "../../../modules/names";
import { s3Client } from "../../store/s3-client";
import { bucketExists, parseState } from "../../terraform/state";
import { lockEnding, lockedSince, readLock } from "../../unlock/state-lock";
import type { AccountCheck } from "../check";
import { type Finding, fault, ok, warning } from "../finding";

/** No job of an apply lasts longer (apply.yml). */
const longestApplyMilliseconds = 2 * 60 * 60 * 1000;

/** The state bucket: is it there, is a state left locked, does a state belong to no stack? */
export const states: AccountCheck = {
  title: "states",
  look: async ({ environment, caller: { env }, now }): Promise<readonly Finding[]> => {
    const { name, region } = environment;
    const bucket = bucketName(environment, "state");
    if (!(await bucketExists(env, { bucket, key: "", region }))) {
      return [fault(`there is no state bucket ${bucket}`, `npm run bootstrap -- ${name}`)];
    }
    const client = s3Client(env, region);
    const keys: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket })) {
      keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
    }
    const present = layers.filter(
      (layer) => layer !== "identity" || environment.analytics.identityCenter !== undefined,
    );
    const findings: Finding[] = [];
    for (const key of keys.filter((each) => each.endsWith(lockEnding))) {
      const layer = key.slice(0, -`.tfstate${lockEnding}`.length);
      const lock = await readLock(client, { bucket, key });
      // Released in the meantime.
      if (lock === undefined) continue;
      const mend = `when nobody works on it any more: npm run unlock -- ${name} ${layer} ${lock.id}`;
      const text = `${name}-${layer} is locked since ${lock.created} by ${lock.who} (${lock.operation})`;
      const old = now.getTime() - lockedSince(lock) > longestApplyMilliseconds;
      findings.push((old ? fault : warning)(old ? text : `${text}; it may still be at work`, mend));
    }
    for (const key of keys.filter((each) => each.endsWith(".tfstate"))) {
      const layer = key.slice(0, -".tfstate".length);
      if ((present as readonly string[]).includes(layer)) continue;
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      const { resources } = parseState((await Body?.transformToString()) ?? "", `s3://${bucket}/${key}`);
      const managed = resources.filter(({ mode }) => mode === "managed").length;
      if (managed === 0) continue;
      const text = `s3://${bucket}/${key} holds ${managed} resources, and no stack of ${name} is called ${layer}`;
      findings.push(warning(text, 'docs/gitops.md, "Removing a stack"'));
    }
    return findings.length > 0 ? findings : [ok(`${bucket}: no state is locked`)];
  },
};
