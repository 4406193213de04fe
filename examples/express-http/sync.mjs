// One synchronization: read everything, then take it over.

import { Clever } from "./clever.mjs";

export async function sync(store, district) {
  const clever = await Clever.for(district);
  const shared = {
    school: (await clever.all("schools")).map(named),
    term: (await clever.all("terms")).map(named),
    course: (await clever.all("courses")).map(named),
    section: (await clever.all("sections")).map(section),
    user: (await clever.all("users")).map(user),
  };
  store.takeOver(district, shared);
  return Object.entries(shared).map(([kind, { length }]) => `${length} ${kind}s`).join(", ");
}

// Absent, null and "" all mean that Clever does not say.
const named = ({ id, name }) => ({ clever_id: id, name: name || null });

const section = (record) => ({
  ...named(record),
  school: record.school || null,
  course: record.course || null,
  term: record.term_id || null,
  teachers: [...new Set([record.teacher, ...(record.teachers ?? [])])].filter(Boolean),
  students: record.students ?? [],
});

const user = (record) => ({
  clever_id: record.id,
  first: record.name?.first || null,
  last: record.name?.last || null,
  email: record.email || null,
  roles: Object.entries(record.roles ?? {})
    .filter(([, values]) => values)
    .map(([role, values]) => ({ role, schools: values.schools ?? [] })),
  children: (record.roles?.contact?.student_relationships ?? []).map(
    ({ student, relationship }) => ({ student, relationship: relationship || null })),
});
