import { randomUUID } from "node:crypto";
import { found } from "../identity-center/found";
import { type JsonCall, jsonGap } from "../operation-gap";

interface Principal {
  readonly PrincipalType: string;
  readonly PrincipalId: string;
}
interface AccountAssignment extends Principal {
  readonly AccountId: string;
  readonly PermissionSetArn: string;
}
interface ApplicationAssignment extends Principal {
  readonly ApplicationArn: string;
}

const accounts = ({ context }: JsonCall) => context.state<AccountAssignment>("account-assignments");
const applications = ({ context }: JsonCall) => context.state<ApplicationAssignment>("application-assignments");

const principal = ({ json }: JsonCall): Principal => ({
  PrincipalType: String(json.PrincipalType),
  PrincipalId: String(json.PrincipalId),
});
const accountOf = (call: JsonCall): AccountAssignment => ({
  AccountId: String(call.json.TargetId),
  PermissionSetArn: String(call.json.PermissionSetArn),
  ...principal(call),
});
const applicationOf = (call: JsonCall): ApplicationAssignment => ({
  ApplicationArn: String(call.json.ApplicationArn),
  ...principal(call),
});
const keyOf = (assignment: object): string => Object.values(assignment).join(" ");

/** An assignment is made or gone at once; the provider asks all the same how far it is. */
const done = (name: string, request: unknown = randomUUID()): object => ({
  [name]: { Status: "SUCCEEDED", RequestId: request },
});

export const identityCenterAssignments = jsonGap({
  name: "identity-center-assignments",
  service: "sso",
  description: "IAM Identity Center: assignments of groups to accounts and to Studio domains.",
  operations: {
    CreateAccountAssignment: (call) => {
      const made = accountOf(call);
      found(call.context.state("permission-sets").get(made.PermissionSetArn), `PermissionSet ${made.PermissionSetArn}`);
      accounts(call).put(keyOf(made), made);
      return done("AccountAssignmentCreationStatus");
    },
    DescribeAccountAssignmentCreationStatus: ({ json }) =>
      done("AccountAssignmentCreationStatus", json.AccountAssignmentCreationRequestId),
    ListAccountAssignments: (call) => ({
      AccountAssignments: accounts(call)
        .all()
        .filter(
          ({ AccountId, PermissionSetArn }) =>
            AccountId === call.json.AccountId && PermissionSetArn === call.json.PermissionSetArn,
        ),
    }),
    DeleteAccountAssignment: (call) => {
      accounts(call).remove(keyOf(accountOf(call)));
      return done("AccountAssignmentDeletionStatus");
    },
    DescribeAccountAssignmentDeletionStatus: ({ json }) =>
      done("AccountAssignmentDeletionStatus", json.AccountAssignmentDeletionRequestId),
    CreateApplicationAssignment: (call) => {
      applications(call).put(keyOf(applicationOf(call)), applicationOf(call));
      return {};
    },
    DescribeApplicationAssignment: (call) =>
      found(applications(call).get(keyOf(applicationOf(call))), `ApplicationAssignment ${keyOf(applicationOf(call))}`),
    DeleteApplicationAssignment: (call) => {
      applications(call).remove(keyOf(applicationOf(call)));
      return {};
    },
  },
});
