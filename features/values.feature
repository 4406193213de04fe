Feature: Values that are missing or unusual

  @R7
  Rule: Values that Clever does not guarantee may be absent, null or empty

    Scenario: People without an e-mail address
      Given the edge case "email-missing"
      When on first-share the district shares with the app
      Then the app holds Nia Bolt, Zoe Hart, Ida Quinn and Jane Lowe like anyone else

    Scenario: A user whose e-mail address is removed
      Given the edge case "email-removed"
      And on first-share the app holds Finn Latch as active
      When on midyear the mailbox of Finn Latch is closed
      Then the app holds Finn Latch as active
      And Finn Latch is held once

    Scenario: A class that is taken off its course
      Given the edge case "course-taken-off"
      And on first-share the app holds Open Studio and Drawing as active
      When on midyear Open Studio is taken off Drawing
      Then the app holds Open Studio as active

    Scenario: Students without a middle name
      Given the edge case "middle-name-missing"
      When on first-share the district shares with the app
      Then the app holds Omar Finch, Lea Marsh and Tom Birch like anyone else

    Scenario: Students without a gender
      Given the edge case "gender-missing"
      When on first-share the district shares with the app
      Then the app holds Ari Stone, Sam Reed and Kit Vale like anyone else

    Scenario: Students without a date of birth
      Given the edge case "date-of-birth-missing"
      When on first-share the district shares with the app
      Then the app holds Ben Ash, Eva Moor and Max Dale like anyone else

    Scenario: Students without a grade
      Given the edge case "grade-missing"
      When on first-share the district shares with the app
      Then the app holds Amy Holt, Dan West and Liv Park like anyone else

    Scenario: Students with few details
      Given the edge case "student-details-missing"
      When on first-share the district shares with the app
      Then the app holds Pia Rowe and Gus Hyde like anyone else

    Scenario: Students without a home address
      Given the edge case "location-missing"
      When on first-share the district shares with the app
      Then the app holds Roy Hill, Una Pike and Abe Cross like anyone else

    Scenario: Students with no number but the sis_id
      Given the edge case "student-numbers-missing"
      When on first-share the district shares with the app
      Then the app holds Meg Rust, Ned Wolf and Kay Lund like anyone else

    Scenario: Employees without a title
      Given the edge case "employee-details-missing"
      When on first-share the district shares with the app
      Then the app holds Ruth Hess, Carl Ives, Dora Kemp and Hugh Lane like anyone else

    Scenario: Students without a username
      Given the edge case "username-missing"
      When on first-share the district shares with the app
      Then the app holds Bea Foley, Cal Grady, Dee Hobbs and Eli Jarvis like anyone else

    Scenario: People and classes without extension fields
      Given the edge case "extension-fields-missing"
      When on first-share the district shares with the app
      Then the app holds Gil Quick, Fay Rand, Ivy Stark and Theater like anyone else

    Scenario: Enrollments without dates
      Given the edge case "enrollment-dates"
      When on first-share the district shares with the app
      Then the app holds Kim Abel and Lee Bragg like anyone else

    Scenario: Classes without a subject
      Given the edge case "subject-missing"
      When on first-share the district shares with the app
      Then the app holds Block A, Block B and Block C like any other

    Scenario: Classes without a grade, period or number
      Given the edge case "class-details-missing"
      When on first-share the district shares with the app
      Then the app holds Tutoring, Sports and Detention like any other

    Scenario: Classes without a teacher
      Given the edge case "class-without-a-teacher"
      When on first-share the district shares with the app
      Then the app holds Study Hall like any other

    Scenario: Classes without a course
      Given the edge case "course-missing"
      When on first-share the district shares with the app
      Then the app holds Morning Circle and Afternoon Circle like any other

    Scenario: Classes without a term
      Given the edge case "term-missing"
      When on first-share the district shares with the app
      Then the app holds Open Studio and Quiet Room like any other

    Scenario: Terms without dates or a name
      Given the edge case "term-dates-missing"
      When on first-share the district shares with the app
      Then the app holds All Year and Nameless like any other

    Scenario: Courses without a number or a name
      Given the edge case "course-details-missing"
      When on first-share the district shares with the app
      Then the app holds Metal and Nameless like any other

    Scenario: A school with few details
      Given the edge case "school-details-missing"
      When on first-share the district shares with the app
      Then the app holds Alder Academy and Gwen Oakes like any other

  @R2
  Rule: The app uses all the relevant data Clever shares, whichever allowed values it has

    Scenario: Classes of every subject are in the app
      Given the edge case "subjects-of-every-kind"
      When on first-share the district shares with the app
      Then the app holds Workshop, Study Hall and Gym like any other

    Scenario: A student whose gender is X
      Given the edge case "gender-x"
      When on first-share the district shares with the app
      Then the app holds Robin Frost like anyone else

    Scenario: Students in grades that are not numbers
      Given the edge case "grade-without-a-number"
      When on first-share the district shares with the app
      Then the app holds Ida Croft, Leo Nash, Mia Webb and Joe Lamb like anyone else

    Scenario: Students in a grade their school does not offer
      Given the edge case "grade-outside-the-school"
      When on first-share the district shares with the app
      Then the app holds Tess Boyd and Finn Cobb like anyone else

    Scenario: A student with the district's own extension fields
      Given the edge case "extension-fields-arbitrary"
      When on first-share the district shares with the app
      Then the app holds Hal Tate like anyone else

    Scenario: Extension fields added during the year
      Given the edge case "extension-fields-arbitrary"
      And on first-share the app holds Jo Ulmer as active
      When on midyear the district adds extension fields to Jo Ulmer
      Then the app holds Jo Ulmer as active
      And Jo Ulmer is held once

  @R5
  Rule: Every sync brings the app up to date

    Scenario: An e-mail address added during the year
      Given the edge case "email-arrives-later"
      And on first-share the app holds Hope Quill as active
      When on midyear Hope Quill gets an e-mail address
      Then Hope Quill has the e-mail address Clever gives

    Scenario: An e-mail address that is removed
      Given the edge case "email-removed"
      And on midyear the app holds Finn Latch as active
      When on midyear the mailbox of Finn Latch is closed
      Then Finn Latch has the e-mail address Clever gives

    Scenario: A student whose grade is corrected has the one below
      Given the edge case "grade-goes-down"
      And on first-share the app holds Birger as active
      When on midyear the grade of Birger is corrected
      Then Birger has the grade Clever gives

  @G20
  Rule: Unknown fields, unknown values and null roles are tolerated

    Scenario: Unknown fields
      Given the edge case "unknown-fields"
      When on first-share the district shares with the app
      Then the app holds Ike Sharp and Astronomy like anyone else

    Scenario: Values that Clever does not list yet
      Given the edge case "unknown-values"
      When on first-share the district shares with the app
      Then the app holds Jess Upton and Kurt Vance like anyone else

    Scenario: Roles that are null
      Given the edge case "null-roles"
      When on first-share the district shares with the app
      Then the app holds Liz Adler and Noel Bragg like anyone else
      And Liz Adler and Noel Bragg have the roles Clever names
