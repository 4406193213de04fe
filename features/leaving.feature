Feature: Records leave and return

  @R6
  Rule: What disappears from Clever is archived and returns as the same record

    Scenario: A student who leaves is archived
      Given the edge case "student-returns"
      And on midyear the app holds Maya as active
      When on departures Maya leaves
      Then Maya is archived, not lost

    Scenario: A student who comes back is active again
      Given the edge case "student-returns"
      And on midyear the app holds Maya as active
      And on midyear Maya finishes a lesson
      When on departures Maya leaves
      And on returns Maya comes back
      Then Maya is active again
      And Maya has the same account as on midyear

    Scenario: A student who is no longer shared is archived
      Given the edge case "student-unshared"
      And on midyear the app holds Cleo as active
      When on departures the district stops sharing Cleo
      Then Cleo is archived, not lost

    Scenario: A student who is shared again is active again
      Given the edge case "student-unshared"
      And on midyear the app holds Cleo as active
      And on midyear Cleo finishes a lesson
      When on departures the district stops sharing Cleo
      And on returns the district shares Cleo again
      Then Cleo is active again
      And Cleo has the same account as on midyear

    Scenario: A teacher who leaves is archived
      Given the edge case "teacher-returns"
      And on midyear the app holds Mr Pohl as active
      When on departures Mr Pohl leaves
      Then Mr Pohl is archived, not lost

    Scenario: A teacher who comes back is active again
      Given the edge case "teacher-returns"
      And on midyear the app holds Mr Pohl as active
      When on departures Mr Pohl leaves
      And on returns Mr Pohl comes back
      Then Mr Pohl is active again

    Scenario: A class that is cancelled is archived
      Given the edge case "section-returns"
      And on midyear the app holds Poetry as active
      When on departures Poetry is cancelled
      Then Poetry is archived, not lost

    Scenario: A class that is held again is active again
      Given the edge case "section-returns"
      And on midyear the app holds Poetry as active
      When on departures Poetry is cancelled
      And on returns Poetry is held again
      Then Poetry is active again

    Scenario: A course that is dropped is archived
      Given the edge case "course-returns"
      And on midyear the app holds Crafts and Woodwork as active
      When on departures Crafts is dropped
      Then Crafts is archived, not lost
      And the app holds Woodwork as active

    Scenario: A course that is back is active again
      Given the edge case "course-returns"
      And on midyear the app holds Crafts and Woodwork as active
      When on departures Crafts is dropped
      And on returns Crafts is back
      Then Crafts is active again
      And Woodwork has the school, course and term Clever names

    Scenario: A term that is withdrawn is archived
      Given the edge case "term-returns"
      And on midyear the app holds Arts Block and Ceramics as active
      When on departures Arts Block is withdrawn
      Then Arts Block is archived, not lost
      And the app holds Ceramics as active

    Scenario: A term that is back is active again
      Given the edge case "term-returns"
      And on midyear the app holds Arts Block and Ceramics as active
      When on departures Arts Block is withdrawn
      And on returns Arts Block is back
      Then Arts Block is active again
      And Ceramics has the school, course and term Clever names

  @R9
  Rule: Students and teachers stay associated as Clever has them

    Scenario: A student who comes back is in the old class again
      Given the edge case "student-returns"
      And on midyear the app has Maya in Art
      When on departures Maya leaves
      And on returns Maya comes back
      Then the students of Art are those Clever names

    Scenario: A teacher who comes back teaches the old class again
      Given the edge case "teacher-returns"
      And on midyear the app has Mr Pohl teaching History
      When on departures Mr Pohl leaves
      And on returns Mr Pohl comes back
      Then the teachers of History are those Clever names

    Scenario: A class that is held again has its people again
      Given the edge case "section-returns"
      And on midyear the app has Alma in Poetry
      When on departures Poetry is cancelled
      And on returns Poetry is held again
      Then the students of Poetry are those Clever names
      And the teachers of Poetry are those Clever names

  @R8
  Rule: History hangs on the student

    Scenario: Work survives the loss of the class
      Given the edge case "section-returns"
      And on midyear the app has Alma in Poetry
      And on midyear Alma finishes a lesson
      When on departures Poetry is cancelled
      Then Alma still has the lesson of midyear
