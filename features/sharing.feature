Feature: A district shares only part of its records

  @G7
  Rule: Nobody gets an account without being shared

    Scenario: A class lists a student who is not shared
      Given the edge case "class-names-unshared-student"
      And on first-share the app holds Weaving and Emre as active
      When on first-share the district shares with the app
      Then the app has no account of Ida

  @R5
  Rule: Every sync brings the app up to date

    Scenario: A student whom a class already listed is shared
      Given the edge case "class-names-unshared-student"
      And on first-share the app has Emre in Weaving
      When on midyear the district shares Ida
      Then the app holds Ida as active
      And Ida is held once
      And the students of Weaving are those Clever names

    Scenario: A class that has begun to list a student who is not shared still changes
      Given the edge case "class-names-unshared-student"
      And on first-share the app has Sixten in Knitting
      And on midyear the app holds Wilm as active
      When on departures Ulla takes up Knitting
      And on returns Wilm takes up Knitting
      Then the students of Knitting are those Clever names

  @R6
  Rule: Records that are no longer shared are archived and can be restored

    Scenario: A student whom a class still lists is archived
      Given the edge case "student-unshared-still-listed"
      And on midyear the app holds Liv and Astronomy as active
      When on departures the district stops sharing Liv
      Then Liv is archived, not lost
      And the app holds Astronomy as active

    Scenario: A student whom a class always listed is active again
      Given the edge case "student-unshared-still-listed"
      And on midyear the app holds Liv as active
      And on midyear Liv finishes a lesson
      When on departures the district stops sharing Liv
      And on returns the district shares Liv again
      Then Liv is active again
      And Liv has the same account as on midyear

    Scenario: A teacher whom a class still lists is archived
      Given the edge case "teacher-unshared"
      And on midyear the app holds Ms Vance and Rhetoric as active
      When on departures the district stops sharing Ms Vance
      Then Ms Vance is archived, not lost
      And the app holds Rhetoric as active

    Scenario: A class is archived and its students are not
      Given the edge case "section-unshared"
      And on midyear the app holds Debating and Mina as active
      When on departures the district stops sharing Debating
      Then Debating is archived, not lost
      And the app holds Mina as active

    Scenario: A class that is shared again is the same class
      Given the edge case "section-unshared"
      And on midyear the app holds Debating as active
      When on departures the district stops sharing Debating
      And on returns the district shares Debating again
      Then Debating is active again
      And Debating is held once

    Scenario: A class and its people are archived together
      Given the edge case "class-unshared-with-its-people"
      And on midyear the app holds Botany, Noa, Yusuf and Ms Egan as active
      When on departures the district stops sharing the class
      Then Botany, Noa, Yusuf and Ms Egan are archived, not lost

    Scenario: A class and its people are active again together
      Given the edge case "class-unshared-with-its-people"
      And on midyear the app holds Botany, Noa, Yusuf and Ms Egan as active
      When on departures the district stops sharing the class
      And on returns the district shares the class again
      Then Botany, Noa, Yusuf and Ms Egan are active again

    Scenario: A contact who is no longer shared is archived
      Given the edge case "contact-unshared"
      And on midyear the app holds Grandma Rune and Tilda as active
      When on departures the district stops sharing Grandma Rune
      Then Grandma Rune is archived, not lost
      And the app holds Tilda as active

    Scenario: A contact who is shared again is active again
      Given the edge case "contact-unshared"
      And on midyear the app holds Grandma Rune as active
      When on departures the district stops sharing Grandma Rune
      And on returns the district shares Grandma Rune again
      Then Grandma Rune is active again

  @R8
  Rule: Student work belongs to the student, not to the section

    Scenario: Work survives while a whole class is unshared
      Given the edge case "class-unshared-with-its-people"
      And on midyear the app has Noa in Botany
      And on midyear Noa finishes a lesson
      When on departures the district stops sharing the class
      And on returns the district shares the class again
      Then Noa still has the lesson of midyear

  @R9
  Rule: Students and teachers are associated as Clever says

    Scenario: A student who is shared again is in the class that listed them
      Given the edge case "student-unshared-still-listed"
      And on midyear the app has Liv in Astronomy
      When on departures the district stops sharing Liv
      And on returns the district shares Liv again
      Then the students of Astronomy are those Clever names

    Scenario: A teacher who is shared again teaches the class that listed them
      Given the edge case "teacher-unshared"
      And on midyear the app has Ms Vance teaching Rhetoric
      When on departures the district stops sharing Ms Vance
      And on returns the district shares Ms Vance again
      Then the teachers of Rhetoric are those Clever names

    Scenario: A class that is shared again has its people again
      Given the edge case "section-unshared"
      And on midyear the app has Mina in Debating
      When on departures the district stops sharing Debating
      And on returns the district shares Debating again
      Then the students of Debating are those Clever names
      And the teachers of Debating are those Clever names

    Scenario: A class that is shared again with its people has them all
      Given the edge case "class-unshared-with-its-people"
      And on midyear the app has Noa in Botany
      When on departures the district stops sharing the class
      And on returns the district shares the class again
      Then the students of Botany are those Clever names
      And the teachers of Botany are those Clever names

  @G4
  Rule: A contact belongs to the students Clever names

    Scenario: A contact who is shared again belongs to the child again
      Given the edge case "contact-unshared"
      And on midyear the app holds Grandma Rune and Tilda as active
      When on departures the district stops sharing Grandma Rune
      And on returns the district shares Grandma Rune again
      Then Grandma Rune belongs to the students Clever names
