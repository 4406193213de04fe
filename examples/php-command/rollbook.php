<?php
// Rollbook: who is present today. Its importer reads a district's roster from Clever into SQLite.

declare(strict_types=1);

require_once __DIR__ . '/clever.php';

final class Rollbook
{
    public readonly PDO $db;

    public function __construct(string $file)
    {
        $this->db = new PDO("sqlite:$file", options: [
            PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC,
        ]);
        $this->db->exec(<<<'SQL'
            CREATE TABLE IF NOT EXISTS schools (
                id INTEGER PRIMARY KEY, district TEXT, clever_id TEXT, archived INT,
                name TEXT, UNIQUE (district, clever_id));
            CREATE TABLE IF NOT EXISTS terms (
                id INTEGER PRIMARY KEY, district TEXT, clever_id TEXT, archived INT,
                name TEXT, UNIQUE (district, clever_id));
            CREATE TABLE IF NOT EXISTS sections (
                id INTEGER PRIMARY KEY, district TEXT, clever_id TEXT, archived INT,
                name TEXT, school TEXT, term TEXT, UNIQUE (district, clever_id));
            CREATE TABLE IF NOT EXISTS people (
                id INTEGER PRIMARY KEY, district TEXT, clever_id TEXT, archived INT,
                first_name TEXT, last_name TEXT, email TEXT, UNIQUE (district, clever_id));
            CREATE TABLE IF NOT EXISTS section_people (
                section_id INT REFERENCES sections, person TEXT, role TEXT, position INT,
                PRIMARY KEY (section_id, person, role)) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS person_roles (
                person_id INT REFERENCES people, role TEXT, school TEXT);
            CREATE INDEX IF NOT EXISTS roles_of_person ON person_roles (person_id);
            CREATE TABLE IF NOT EXISTS guardians (
                person_id INT REFERENCES people, student TEXT, relationship TEXT);
            CREATE INDEX IF NOT EXISTS students_of_guardian ON guardians (person_id);
            SQL);
    }

    /** Read everything, then take it over in one transaction; throws CleverError. */
    public function import(Clever $clever, string $district): string
    {
        $read = [];
        foreach (['schools', 'terms', 'sections', 'users'] as $kind) {
            $read[$kind] = iterator_to_array($clever->records($kind), false);
        }
        $this->db->beginTransaction();
        foreach (['schools', 'terms', 'sections', 'people'] as $table) {
            $this->run("UPDATE $table SET archived = 1 WHERE district = ?", [$district]);
        }
        foreach (['schools', 'terms'] as $table) {
            foreach ($read[$table] as $record) {
                $this->save($table, $district, $record, ['name' => text($record, 'name')]);
            }
        }
        array_walk($read['sections'], fn ($record) => $this->importSection($district, $record));
        array_walk($read['users'], fn ($record) => $this->importPerson($district, $record));
        $this->db->commit();
        return implode(', ', array_map(
            fn ($kind, $records) => count($records) . " $kind", array_keys($read), $read));
    }

    private function importSection(string $district, array $record): void
    {
        $id = $this->save('sections', $district, $record, [
            'name' => text($record, 'name'),
            'school' => text($record, 'school'),
            'term' => text($record, 'term_id'),
        ]);
        $this->run('DELETE FROM section_people WHERE section_id = ?', [$id]);
        $teachers = [$record['teacher'] ?? null, ...($record['teachers'] ?? [])];
        $members = ['teacher' => $teachers, 'student' => $record['students'] ?? []];
        foreach ($members as $role => $people) {
            foreach (array_values(array_unique(array_filter($people))) as $position => $person) {
                $this->run('INSERT INTO section_people VALUES (?, ?, ?, ?)',
                    [$id, $person, $role, $position]);
            }
        }
    }

    private function importPerson(string $district, array $record): void
    {
        $id = $this->save('people', $district, $record, [
            'first_name' => text($record['name'] ?? [], 'first'),
            'last_name' => text($record['name'] ?? [], 'last'),
            'email' => text($record, 'email'),
        ]);
        $this->run('DELETE FROM person_roles WHERE person_id = ?', [$id]);
        $this->run('DELETE FROM guardians WHERE person_id = ?', [$id]);
        foreach (array_filter($record['roles'] ?? [], 'is_array') as $role => $values) {
            foreach (($values['schools'] ?? []) ?: [null] as $school) {
                $this->run('INSERT INTO person_roles VALUES (?, ?, ?)', [$id, $role, $school]);
            }
            foreach ($values['student_relationships'] ?? [] as $child) {
                $this->run('INSERT INTO guardians VALUES (?, ?, ?)',
                    [$id, $child['student'], text($child, 'relationship')]);
            }
        }
    }

    /** Creates, updates or restores a row; its ID, which never changes. */
    private function save(string $table, string $district, array $record, array $values): int
    {
        $columns = implode(', ', array_keys($values));
        $marks = str_repeat(', ?', count($values));
        $updates = implode(', ', array_map(fn ($c) => "$c = excluded.$c", array_keys($values)));
        return (int) $this->run(
            "INSERT INTO $table (district, clever_id, archived, $columns) VALUES (?, ?, 0$marks)
             ON CONFLICT (district, clever_id) DO UPDATE SET archived = 0, $updates RETURNING id",
            [$district, $record['id'], ...array_values($values)],
        )->fetchAll(PDO::FETCH_COLUMN)[0];
    }

    private array $prepared = [];

    public function run(string $sql, array $values): PDOStatement
    {
        $statement = $this->prepared[$sql] ??= $this->db->prepare($sql);
        $statement->execute($values);
        return $statement;
    }
}

/** Absent, null and "" all mean that Clever does not say. */
function text(array $record, string $key): ?string
{
    $value = $record[$key] ?? null;
    return $value === null || $value === '' ? null : (string) $value;
}

// As operators run it: php rollbook.php DISTRICT
if (realpath($argv[0]) === __FILE__) {
    $clever = new Clever(
        getenv('CLEVER_API_URL') ?: 'https://api.clever.com',
        getenv('CLEVER_OAUTH_URL') ?: 'https://clever.com',
        getenv('CLEVER_CLIENT_ID'),
        getenv('CLEVER_CLIENT_SECRET'),
        $argv[1],
    );
    echo (new Rollbook('rollbook.db'))->import($clever, $argv[1]), "\n";
}
