import { Testing } from "cdktf";

// The SDK tells with each client that its later releases need a later Node; package.json says which Node this needs.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
Testing.setupJest();
