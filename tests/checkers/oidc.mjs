// A real authorization server on loopback, for tests/authctl/checkers.rs.
//
// The arguments are the directory of node_modules and the ID of a client. It prints one line of JSON with
// its host and the tokens of two sessions. After that, each line of standard input is a token, and it
// prints the result of the server's introspection.

import { createServer, request } from "node:http";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [directory, client_id] = process.argv.slice(2);
const module = join(directory, "oidc-provider/lib/index.js");
const { Provider } = await import(pathToFileURL(module).href);

const server = createServer();
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const host = `127.0.0.1:${server.address().port}`;

// The library prints a warning to standard output that this setup is not for production.
console.info = console.warn = () => {};
const provider = new Provider(`http://${host}`, {
  clients: [
    {
      client_id,
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code", "refresh_token"],
      redirect_uris: ["https://cli.example/"],
    },
  ],
  features: {
    introspection: { enabled: true },
    revocation: { enabled: true },
    devInteractions: { enabled: false },
  },
  routes: { revocation: "/oauth/revoke", introspection: "/introspect" },
});
server.on("request", provider.callback());

const client = await provider.Client.find(client_id);

// Each token has its own grant. Otherwise, revoking the refresh token would also revoke the access token.
async function mint(kind, more) {
  const grant = new provider.Grant({ accountId: "me", clientId: client_id });
  grant.addOIDCScope("openid offline_access");
  const grantId = await grant.save();
  const scope = "openid offline_access";
  const token = new kind({ accountId: "me", client, grantId, scope, gty: "authorization_code", ...more });
  return token.save();
}

async function session() {
  return { access: await mint(provider.AccessToken), refresh: await mint(provider.RefreshToken) };
}

function introspect(token) {
  const body = new URLSearchParams({ client_id, token }).toString();
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/x-www-form-urlencoded", "content-length": body.length };
    const sent = request(`http://${host}/introspect`, { method: "POST", headers }, (answer) => {
      let text = "";
      answer.on("data", (data) => (text += data));
      answer.on("end", () => resolve(text));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

console.log(JSON.stringify({ host, sessions: [await session(), await session()] }));
for await (const token of createInterface({ input: process.stdin })) {
  console.log(await introspect(token));
}
process.exit(0);
