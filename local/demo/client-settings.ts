/** How AWS clients reach the local account. */
export interface ClientSettings {
  /** URL of the gateway. */
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The emulator takes the account from the access key; the secret counts for signed URLs alone, and this client signs none. */
export const clientSettings = (endpoint: string, account: string, region: string): ClientSettings => ({
  endpoint,
  region,
  credentials: { accessKeyId: account, secretAccessKey: "local" },
});
