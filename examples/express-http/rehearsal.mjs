// The endpoints that rosterready calls. They are there only when ABACUS_REHEARSAL is set.

import { Router } from "express";
import { CleverError } from "./clever.mjs";
import { sync } from "./sync.mjs";

export function rehearsal(store) {
  const router = Router();

  router.get("/", (request, response) => {
    response.json({ contract: 1, capabilities: ["progress"] });
  });

  // A district appears in Abacus with its first sync.
  router.post("/connect", (request, response) => response.json(null));

  // A sync that cannot go on is a result: say how it ended and why.
  router.post("/sync", async (request, response) => {
    try {
      const log = await sync(store, request.body.connection.district);
      response.json({ state: "completed", log });
    } catch (error) {
      if (!(error instanceof CleverError)) throw error;
      response.json({ state: "refused", reason: `${error.message}; nothing was changed.` });
    }
  });

  router.post("/finish-lesson", (request, response) => {
    const { connection, clever_id: id, lesson } = request.body;
    const account = store.account(connection.district, id);
    if (!account) return response.status(404).send(`no active account for ${id}`);
    store.solve(account, lesson);
    response.json(null);
  });

  router.post("/snapshot", (request, response) => {
    const { district } = request.body.connection;
    response.json(store.transaction(() => snapshot(store, district)));
  });

  return router;
}

// What Abacus holds, archived rows included.
function snapshot(store, district) {
  const rows = (kind) => store.rows(district, kind);
  return {
    schools: rows("school").map(named),
    terms: rows("term").map(named),
    courses: rows("course").map(named),
    sections: rows("section").map((row) => ({
      ...named(row),
      school: row.school,
      course: row.course,
      term: row.term,
      teachers: store.enrolled(row.id, "teacher"),
      students: store.enrolled(row.id, "student"),
    })),
    users: rows("user").map((row) => ({
      ...held(row),
      first_name: row.first,
      last_name: row.last,
      email: row.email,
      roles: row.roles,
      student_relationships: row.children,
    })),
    progress: store.solved(district).map(({ user, lesson }) => ({
      account: String(user),
      lesson,
    })),
  };
}

const held = (row) => ({
  clever_id: row.clever_id,
  app_id: String(row.id),
  status: row.archived ? "archived" : "active",
});

const named = (row) => ({ ...held(row), name: row.name });
