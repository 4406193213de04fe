// Abacus: daily sums for classes. Express over SQLite; rosters are Clever's.

import express from "express";
import { CleverError } from "./clever.mjs";
import { rehearsal } from "./rehearsal.mjs";
import { Store } from "./store.mjs";
import { sync } from "./sync.mjs";

const store = new Store(process.env.ABACUS_DATABASE ?? "abacus.db");
const app = express();
app.use(express.json());

app.get("/health", (request, response) => response.send("ok"));

app.post("/districts/:district/sync", async (request, response) => {
  response.json({ synced: await sync(store, request.params.district) });
});

app.post("/districts/:district/users/:id/solved", (request, response) => {
  const account = store.account(request.params.district, request.params.id);
  if (!account) return response.status(404).json({ error: "no active account" });
  store.solve(account, request.body.lesson);
  response.status(201).end();
});

if (process.env.ABACUS_REHEARSAL) app.use("/rehearsal", rehearsal(store));

app.use((error, request, response, next) => {
  console.error(error);
  response.status(error instanceof CleverError ? 502 : 500).json({ error: error.message });
});

app.listen(Number(process.env.PORT ?? 8320), "127.0.0.1");
