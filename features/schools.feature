Feature: People belong to several schools

  @G2
  Rule: A user belongs to every school Clever names

    Scenario: A student in three schools
      Given the edge case "student-in-three-schools"
      And on first-share the app holds Mira as active
      When on first-share the district shares with the app
      Then Mira belongs to the schools Clever names
      And Mira is held once

    Scenario: A student leaves the last class at a third school
      Given the edge case "student-in-three-schools"
      And on first-share Mira belongs to the schools Clever names
      When on midyear Mira gives up Calculus
      Then Mira belongs to the schools Clever names

    Scenario: A teacher in two schools
      Given the edge case "teacher-in-two-schools"
      And on first-share the app holds Mr Travers as active
      When on first-share the district shares with the app
      Then Mr Travers belongs to the schools Clever names
      And Mr Travers is held once

    Scenario: An administrator of three schools
      Given the edge case "staff-in-several-schools"
      And on first-share the app holds Ms Moreau as active
      When on first-share the district shares with the app
      Then Ms Moreau belongs to the schools Clever names

    Scenario: A nurse of five schools
      Given the edge case "staff-in-all-schools"
      And on first-share the app holds Nurse Vale as active
      When on first-share the district shares with the app
      Then Nurse Vale belongs to the schools Clever names

    Scenario: An administrator gives up one school
      Given the edge case "staff-in-several-schools"
      And on first-share Ms Moreau belongs to the schools Clever names
      When on midyear Ms Moreau hands the high school on
      Then Ms Moreau belongs to the schools Clever names

    Scenario: A student belongs to the same schools when the primary one changes
      Given the edge case "primary-school-flips"
      And on first-share Joel belongs to the schools Clever names
      When on returns Joel takes Judo instead of Orchestra
      Then Joel belongs to the schools Clever names

  @R9
  Rule: Students and teachers are associated as Clever says

    Scenario: A teacher has the classes of both schools
      Given the edge case "teacher-in-two-schools"
      And on first-share the app holds Mr Travers, Band and Choir as active
      When on first-share the district shares with the app
      Then the teachers of Band are those Clever names
      And the teachers of Choir are those Clever names

    Scenario: A student has classes in three schools
      Given the edge case "student-in-three-schools"
      And on first-share the app holds Mira, Homeroom, Strings and Calculus as active
      When on first-share the district shares with the app
      Then the students of Homeroom are those Clever names
      And the students of Strings are those Clever names
      And the students of Calculus are those Clever names

    Scenario: A class of students from other schools has all of them
      Given the edge case "class-of-guests"
      And on first-share the app holds Robot Lab, Kiko and Ulla as active
      When on first-share the district shares with the app
      Then the students of Robot Lab are those Clever names

    Scenario: A class has a teacher and students of other schools
      Given the edge case "teacher-and-students-of-other-schools"
      And on first-share the app holds Sumo, Mr Kato and Rio as active
      When on first-share the district shares with the app
      Then the teachers of Sumo are those Clever names
      And the students of Sumo are those Clever names

  @R1
  Rule: The Clever ID is the key of every record

    Scenario: A student keeps the account when the primary school changes
      Given the edge case "primary-school-flips"
      And on first-share the app holds Joel as active
      And on first-share Joel finishes a lesson
      When on returns Joel takes Judo instead of Orchestra
      Then the app holds Joel as active
      And Joel is held once
      And Joel has the same account as on first-share

    Scenario: Two campuses stay separate schools
      Given the edge case "neighbouring-campuses"
      And on first-share the app holds Sami, Petra, Harbour and Lagoon as active
      When on first-share the district shares with the app
      Then the middle school and its campus are separate records
      And Sami and Petra belong to the schools Clever names
      And Harbour has the school, course and term Clever names
      And Lagoon has the school, course and term Clever names

    Scenario: A school with different grades is the same school
      Given the edge case "school-grades-change"
      And on first-share the app holds the campus and Ruben as active
      When on rollover the campus also teaches grade 4
      Then the app holds the campus as active
      And the campus is held once
      And Ruben belongs to the schools Clever names

  @R5
  Rule: Every sync brings the app up to date

    Scenario: A renamed school has the new name in the app
      Given the edge case "school-renamed"
      And on first-share the app holds the academy as active
      When on rollover the academy is named after somebody
      Then the app holds the academy as active
      And the academy has the name Clever gives
