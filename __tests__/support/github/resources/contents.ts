import { notFound, type Resource } from "../resource";

const raw = { "content-type": "application/vnd.github.raw+json; charset=utf-8" };

/** GitHub REST API, "Repository contents", in the raw form, and "Collaborators". */
export const contents: Resource = {
  "GET /contents/(?<path>.+)": (_call, { path = "" }, { files }) => {
    const text = files.get(path);
    return text === undefined ? notFound : { body: Buffer.from(text), headers: raw };
  },
  "GET /collaborators/:login/permission": (_call, { login = "" }, { roles }) => {
    const role = roles.get(login);
    return role === undefined ? notFound : { body: { role_name: role } };
  },
};
