// What Abacus holds, in SQLite. Rows are found by Clever ID, and archived rather than deleted.

import sqlite from "node-sqlite3-wasm";

const KINDS = ["school", "term", "course", "section", "user"];

export class Store {
  constructor(file) {
    this.db = new sqlite.Database(file);
    this.db.exec(`
      CREATE TABLE IF NOT EXISTS records (
        id INTEGER PRIMARY KEY, district TEXT, kind TEXT, clever_id TEXT, archived INT, fields TEXT,
        UNIQUE (district, kind, clever_id));
      CREATE TABLE IF NOT EXISTS enrollments (
        section INT REFERENCES records, person TEXT, role TEXT, position INT);
      CREATE INDEX IF NOT EXISTS enrolled ON enrollments (section);
      CREATE TABLE IF NOT EXISTS solved (user INT REFERENCES records, lesson TEXT);`);
  }

  // All or nothing: a crash leaves what was there before.
  transaction(work) {
    this.db.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.db.exec("COMMIT");
      return result;
    } catch (error) {
      this.db.exec("ROLLBACK");
      throw error;
    }
  }

  takeOver(district, shared) {
    this.transaction(() => {
      for (const kind of KINDS) this.#takeOver(district, kind, shared[kind]);
    });
  }

  #takeOver(district, kind, records) {
    this.db.run("UPDATE records SET archived = 1 WHERE district = ? AND kind = ?", [district, kind]);
    const save = this.db.prepare(
      `INSERT INTO records (district, kind, clever_id, archived, fields) VALUES (?, ?, ?, 0, ?)
       ON CONFLICT (district, kind, clever_id)
       DO UPDATE SET archived = 0, fields = excluded.fields RETURNING id`,
    );
    const forget = this.db.prepare("DELETE FROM enrollments WHERE section = ?");
    const enroll = this.db.prepare("INSERT INTO enrollments VALUES (?, ?, ?, ?)");
    for (const { clever_id, teachers, students, ...fields } of records) {
      const { id } = save.get([district, kind, clever_id, JSON.stringify(fields)]);
      if (kind !== "section") continue;
      forget.run([id]);
      teachers.forEach((person, position) => enroll.run([id, person, "teacher", position]));
      students.forEach((person, position) => enroll.run([id, person, "student", position]));
    }
    for (const statement of [save, forget, enroll]) statement.finalize();
  }

  rows(district, kind) {
    const found = this.db.all(
      "SELECT * FROM records WHERE district = ? AND kind = ?", [district, kind]);
    return found.map(({ fields, ...row }) => ({ ...row, ...JSON.parse(fields) }));
  }

  enrolled(section, role) {
    return this.db.all(
      "SELECT person FROM enrollments WHERE section = ? AND role = ? ORDER BY position",
      [section, role]).map((row) => row.person);
  }

  // The account that is in use, or undefined.
  account(district, cleverId) {
    return this.db.get(
      `SELECT id FROM records WHERE district = ? AND kind = 'user' AND clever_id = ?
       AND NOT archived`, [district, cleverId])?.id;
  }

  solve(account, lesson) {
    this.db.run("INSERT INTO solved VALUES (?, ?)", [account, lesson]);
  }

  solved(district) {
    return this.db.all(
      "SELECT user, lesson FROM solved JOIN records ON records.id = user WHERE district = ?",
      [district]);
  }
}
