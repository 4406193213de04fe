"""The tables of Lantern Reader.

Every row has an integer id of the app's own, never used twice. A row that Clever shares has its
`clever_id`, the only key by which a sync finds it again; a row without one belongs to the
district itself, and no sync touches it. Records are archived, never deleted. A student's work
hangs on the student, and on nothing else.
"""

RECORDS = ("schools", "terms", "courses", "sections", "users")
"""The tables that mirror Clever, each after those it refers to."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS districts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    clever_id TEXT NOT NULL UNIQUE,
    name TEXT
);
CREATE TABLE IF NOT EXISTS schools (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    district_id INTEGER NOT NULL REFERENCES districts,
    clever_id TEXT UNIQUE,
    archived INTEGER NOT NULL DEFAULT 0,
    name TEXT
);
CREATE TABLE IF NOT EXISTS terms (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    district_id INTEGER NOT NULL REFERENCES districts,
    clever_id TEXT UNIQUE,
    archived INTEGER NOT NULL DEFAULT 0,
    name TEXT,
    start_date TEXT,
    end_date TEXT
);
CREATE TABLE IF NOT EXISTS courses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    district_id INTEGER NOT NULL REFERENCES districts,
    clever_id TEXT UNIQUE,
    archived INTEGER NOT NULL DEFAULT 0,
    name TEXT
);
CREATE TABLE IF NOT EXISTS sections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    district_id INTEGER NOT NULL REFERENCES districts,
    clever_id TEXT UNIQUE,
    archived INTEGER NOT NULL DEFAULT 0,
    name TEXT,
    school_id INTEGER REFERENCES schools ON DELETE SET NULL,
    course_id INTEGER REFERENCES courses ON DELETE SET NULL,
    term_id INTEGER REFERENCES terms ON DELETE SET NULL
);
CREATE TABLE IF NOT EXISTS users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    district_id INTEGER NOT NULL REFERENCES districts,
    clever_id TEXT UNIQUE,
    archived INTEGER NOT NULL DEFAULT 0,
    first_name TEXT,
    last_name TEXT,
    email TEXT,
    sis_id TEXT,
    grade TEXT,
    former_id TEXT  -- the Clever id of those who were here before version 3
);
CREATE TABLE IF NOT EXISTS roles (
    user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    role TEXT NOT NULL,
    school_id INTEGER REFERENCES schools ON DELETE CASCADE,  -- one row a school; NULL: none
    UNIQUE (user_id, role, school_id)
);
CREATE TABLE IF NOT EXISTS members (
    section_id INTEGER NOT NULL REFERENCES sections ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    role TEXT NOT NULL,  -- teacher or student
    UNIQUE (section_id, user_id, role)
);
CREATE TABLE IF NOT EXISTS relationships (
    contact_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    student_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    kind TEXT,
    UNIQUE (contact_id, student_id, kind)
);
CREATE TABLE IF NOT EXISTS progress (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users,  -- no cascade: nothing may take work away
    lesson TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS groups (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    district_id INTEGER NOT NULL REFERENCES districts,
    name TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS group_members (
    group_id INTEGER NOT NULL REFERENCES groups ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    UNIQUE (group_id, user_id)
);
CREATE INDEX IF NOT EXISTS users_of_district ON users (district_id);
CREATE INDEX IF NOT EXISTS classes_of_user ON members (user_id);
CREATE INDEX IF NOT EXISTS contacts_of_student ON relationships (student_id);
CREATE INDEX IF NOT EXISTS work_of_user ON progress (user_id);
"""
