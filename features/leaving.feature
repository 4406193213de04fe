Feature: Records leave and return

  @R6
  Rule: Records that disappear are archived and can be restored

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

    Scenario: A class that is reinstated is active again
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

    Scenario: A course that comes back is active again
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

    Scenario: A term that comes back is active again
      Given the edge case "term-returns"
      And on midyear the app holds Arts Block and Ceramics as active
      When on departures Arts Block is withdrawn
      And on returns Arts Block is back
      Then Arts Block is active again
      And Ceramics has the school, course and term Clever names

    Scenario: A student who comes back changed has the same account
      Given the edge case "student-returns-changed"
      And on midyear the app holds Signe as active
      And on midyear Signe finishes a lesson
      When on departures Signe leaves
      And on returns Signe comes back with another name and class
      Then Signe is active again
      And Signe has the same account as on midyear

    Scenario: A student who comes back to another school has the same account
      Given the edge case "student-returns-to-another-school"
      And on midyear the app holds Malik as active
      And on midyear Malik finishes a lesson
      When on departures Malik leaves
      And on returns Malik comes back to the campus
      Then Malik is active again
      And Malik has the same account as on midyear

    Scenario: A student who joined during the year is archived on leaving
      Given the edge case "student-joins-and-leaves"
      And on midyear the app holds Tariq as active
      When on midyear Tariq joins
      And on departures Tariq leaves
      Then Tariq is archived, not lost

    Scenario: A student who joined during the year and left is active again on coming back
      Given the edge case "student-joins-and-leaves"
      And on midyear the app holds Tariq as active
      When on midyear Tariq joins
      And on departures Tariq leaves
      And on returns Tariq comes back
      Then Tariq is active again

    Scenario: A student who left stays archived in the new school year
      Given the edge case "student-away-over-rollover"
      And on midyear the app holds Elio as active
      When on departures Elio leaves for good
      And on rollover the school year rolls over
      Then Elio is archived, not lost

    Scenario: A teacher who is replaced is archived and the class goes on
      Given the edge case "teacher-leaves-and-is-replaced"
      And on midyear the app holds Ms Prism and Optics as active
      When on departures Ms Prism leaves and Mr Lens takes over Optics
      Then Ms Prism is archived, not lost
      And the app holds Optics and Anouk as active

    Scenario: A staff member who leaves is archived
      Given the edge case "staff-returns"
      And on midyear the app holds Ms Arden as active
      When on departures Ms Arden leaves
      Then Ms Arden is archived, not lost

    Scenario: A staff member who comes back is active again
      Given the edge case "staff-returns"
      And on midyear the app holds Ms Arden as active
      When on departures Ms Arden leaves
      And on returns Ms Arden comes back
      Then Ms Arden is active again

    Scenario: A contact who is taken off the list is archived
      Given the edge case "contact-returns"
      And on midyear the app holds Pelle's aunt as active
      When on departures Pelle's aunt is taken off the list
      Then Pelle's aunt is archived, not lost

    Scenario: A contact who is listed again is active again
      Given the edge case "contact-returns"
      And on midyear the app holds Pelle's aunt as active
      When on departures Pelle's aunt is taken off the list
      And on returns Pelle's aunt is on the list again
      Then Pelle's aunt is active again

    Scenario: The class of a past semester is archived
      Given the edge case "semester-changes"
      And on midyear the app holds Statistics and Fall as active
      When on returns the semester ends
      Then Statistics and Fall are archived, not lost
      And the app holds Wilma as active

  @R9
  Rule: Students and teachers are associated as Clever says

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

    Scenario: A class that is reinstated has its people again
      Given the edge case "section-returns"
      And on midyear the app has Alma in Poetry
      When on departures Poetry is cancelled
      And on returns Poetry is held again
      Then the students of Poetry are those Clever names
      And the teachers of Poetry are those Clever names

    Scenario: A student who comes back changed is in the new class
      Given the edge case "student-returns-changed"
      And on midyear the app has Signe in Harp
      When on departures Signe leaves
      And on returns Signe comes back with another name and class
      Then the students of Harp are those Clever names
      And the students of Lute are those Clever names

    Scenario: A student who comes back to another school is in its class
      Given the edge case "student-returns-to-another-school"
      And on midyear the app has Malik in Clay
      When on departures Malik leaves
      And on returns Malik comes back to the campus
      Then the students of Clay are those Clever names
      And the students of Stone are those Clever names

    Scenario: A class whose teacher left has the new one
      Given the edge case "teacher-leaves-and-is-replaced"
      And on midyear the app has Ms Prism teaching Optics
      When on departures Ms Prism leaves and Mr Lens takes over Optics
      Then the teachers of Optics are those Clever names
      And the students of Optics are those Clever names

    Scenario: The class of a new semester has its people
      Given the edge case "semester-changes"
      And on midyear the app has Wilma in Statistics
      When on returns the semester ends
      Then the students of Statistics II are those Clever names
      And the teachers of Statistics II are those Clever names

  @R5
  Rule: Every sync brings the app up to date

    Scenario: A student who comes back changed has the new name
      Given the edge case "student-returns-changed"
      And on midyear the app holds Signe as active
      When on departures Signe leaves
      And on returns Signe comes back with another name and class
      Then Signe has the name Clever gives

    Scenario: A student who joins during the year has an account
      Given the edge case "student-joins-and-leaves"
      And on first-share the app has Lotte in Fables
      When on midyear Tariq joins
      Then the app holds Tariq as active
      And the students of Fables are those Clever names

    Scenario: The class of a new semester is in the app
      Given the edge case "semester-changes"
      And on midyear the app holds Statistics as active
      When on returns the semester ends
      Then the app holds Statistics II as active
      And Statistics II has the school, course and term Clever names

  @G2
  Rule: A user belongs to every school Clever names

    Scenario: A student who comes back to another school belongs to it
      Given the edge case "student-returns-to-another-school"
      And on midyear Malik belongs to the schools Clever names
      When on departures Malik leaves
      And on returns Malik comes back to the campus
      Then Malik belongs to the schools Clever names

    Scenario: A staff member who comes back has the schools again
      Given the edge case "staff-returns"
      And on midyear Ms Arden belongs to the schools Clever names
      When on departures Ms Arden leaves
      And on returns Ms Arden comes back
      Then Ms Arden belongs to the schools Clever names

  @G4
  Rule: A contact belongs to the students Clever names

    Scenario: A contact who is listed again belongs to the child again
      Given the edge case "contact-returns"
      And on midyear the app holds Pelle's aunt and Pelle as active
      When on departures Pelle's aunt is taken off the list
      And on returns Pelle's aunt is on the list again
      Then Pelle's aunt belongs to the students Clever names

  @R8
  Rule: Student work belongs to the student, not to the section

    Scenario: Work survives the loss of the class
      Given the edge case "section-returns"
      And on midyear the app has Alma in Poetry
      And on midyear Alma finishes a lesson
      When on departures Poetry is cancelled
      Then Alma still has the lesson of midyear

    Scenario: Work survives the return of the class
      Given the edge case "section-returns"
      And on midyear the app has Alma in Poetry
      And on midyear Alma finishes a lesson
      When on departures Poetry is cancelled
      And on returns Poetry is held again
      Then Alma still has the lesson of midyear

    Scenario: Work survives the end of a semester
      Given the edge case "semester-changes"
      And on midyear the app has Wilma in Statistics
      And on midyear Wilma finishes a lesson
      When on returns the semester ends
      Then Wilma still has the lesson of midyear
