<?php
// The adapter of Rollbook: one JSON call on stdin, one JSON answer on stdout. Logs go to stderr.

declare(strict_types=1);

ini_set('display_errors', 'stderr');
require __DIR__ . '/rollbook.php';

$call = json_decode(stream_get_contents(STDIN), true, flags: JSON_THROW_ON_ERROR);
$answer = match ($call['call']) {
    'describe' => ['contract' => 1, 'capabilities' => []],
    'connect' => null, // a district appears in Rollbook with its first import
    'sync' => sync($call['connection']),
    'snapshot' => snapshot($call['connection']['district']),
};
echo json_encode($answer, JSON_THROW_ON_ERROR);

/** An import that cannot go on is a result: say how it ended and why. */
function sync(array $to): array
{
    try {
        $clever = new Clever(
            $to['api'], $to['accounts'], $to['client_id'], $to['client_secret'], $to['district']);
        return ['state' => 'completed', 'log' => rollbook()->import($clever, $to['district'])];
    } catch (CleverError $error) {
        return ['state' => 'refused', 'reason' => $error->getMessage() . '; nothing was changed.'];
    }
}

/** What Rollbook holds for the district, archived rows included. */
function snapshot(string $district): array
{
    $sections = [];
    foreach (rows('sections', $district) as $id => $row) {
        $sections[] = [...named($row), 'school' => $row['school'], 'term' => $row['term'],
            'teachers' => members($id, 'teacher'), 'students' => members($id, 'student')];
    }
    $users = [];
    foreach (rows('people', $district) as $id => $row) {
        $users[] = [...held($row), 'first_name' => $row['first_name'],
            'last_name' => $row['last_name'], 'email' => $row['email'], 'roles' => roles($id),
            'student_relationships' => rollbook()->run(
                'SELECT student, relationship FROM guardians WHERE person_id = ?', [$id])
                ->fetchAll()];
    }
    return [
        'schools' => array_map(named(...), array_values(rows('schools', $district))),
        'terms' => array_map(named(...), array_values(rows('terms', $district))),
        'sections' => $sections,
        'users' => $users,
    ];
}

function rollbook(): Rollbook
{
    static $app = null;
    return $app ??= new Rollbook('rollbook.db');
}

/** @return array<int, array> id → row */
function rows(string $table, string $district): array
{
    $found = rollbook()->run("SELECT * FROM $table WHERE district = ?", [$district])->fetchAll();
    return array_column($found, null, 'id');
}

function held(array $row): array
{
    return ['clever_id' => $row['clever_id'], 'app_id' => (string) $row['id'],
        'status' => $row['archived'] ? 'archived' : 'active'];
}

function named(array $row): array
{
    return [...held($row), 'name' => $row['name']];
}

/** @return list<string> in the order in which Clever lists them: the primary teacher first */
function members(int $section, string $role): array
{
    return rollbook()->run(
        'SELECT person FROM section_people WHERE section_id = ? AND role = ? ORDER BY position',
        [$section, $role])->fetchAll(PDO::FETCH_COLUMN);
}

function roles(int $person): array
{
    $schools = [];
    $found = rollbook()->run('SELECT role, school FROM person_roles WHERE person_id = ?', [$person]);
    foreach ($found as ['role' => $role, 'school' => $school]) {
        $schools[$role] = [...($schools[$role] ?? []), ...($school === null ? [] : [$school])];
    }
    return array_map(
        fn ($role) => ['role' => $role, 'schools' => $schools[$role]], array_keys($schools));
}
