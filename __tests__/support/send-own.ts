/** Sends a picture through web app 1, as a program does. */
export async function sendOwn(url: string, name: string, bytes: Uint8Array): Promise<void> {
  const target = `${url}/images?name=${encodeURIComponent(name)}`;
  const answer = await fetch(target, { method: "POST", body: new Uint8Array(bytes) });
  if (answer.status !== 202) throw new Error(`web app 1: ${answer.status} ${await answer.text()}`);
}

/** Uploads a picture through web app 2, as a browser does. */
export async function uploadOwn(url: string, name: string, bytes: Uint8Array): Promise<void> {
  const head = Buffer.from(bytes.subarray(0, 256)).toString("base64");
  const answer = await fetch(`${url}/uploads`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ files: [{ name, sizeBytes: bytes.length, head }] }),
  });
  const { files } = (await answer.json()) as { files: { url: string; fields: Record<string, string> }[] };
  const form = new FormData();
  for (const [field, value] of Object.entries(files[0]?.fields ?? {})) form.append(field, value);
  form.append("file", new Blob([new Uint8Array(bytes)]));
  const sent = await fetch(files[0]?.url ?? "", { method: "POST", body: form });
  if (sent.status !== 201) throw new Error(`S3: ${sent.status} ${await sent.text()}`);
}
