Feature: A new school year begins

  @R2
  Rule: The app uses all the relevant data Clever shares

    Scenario: A district is in the app before its summer
      Given the district "summer"
      When on first-share the district shares with the app
      Then the app holds every school, term, course and section
      And the app holds every user

  @R6
  Rule: Records that disappear are archived, and people who are still shared stay

    Scenario: Last year's class is archived, and its people stay
      Given the edge case "new-school-year"
      And on returns the app holds Ida, Mr Loom, Weaving, Textiles and Loom Term as active
      When on rollover the school year rolls over
      Then Weaving, Textiles and Loom Term are archived, not lost
      And the app holds Ida and Mr Loom as active

    Scenario: A student who moves up to middle school stays active
      Given the edge case "student-moves-up"
      And on returns the app holds Bosse as active
      When on rollover the school year rolls over
      Then the app holds Bosse as active

    Scenario: A graduate is archived
      Given the edge case "student-graduates"
      And on returns the app holds Calle as active
      When on rollover the school year rolls over
      Then Calle is archived, not lost

    Scenario: Classes that disappear before the new ones appear are archived
      Given the district "summer"
      And the edge case "summer-without-classes"
      And on first-share the app holds Spelling, Morning Circle, Ada and Ms Rune as active
      When on departures the school year ends, and no new one has begun
      Then Spelling and Morning Circle are archived, not lost
      And the app holds Ada and Ms Rune as active

    Scenario: Nobody is locked out while there are no classes
      Given the district "summer"
      And everyone the app held on first-share
      When on departures the school year ends, and no new one has begun
      Then all that the app held before is still in use

    Scenario: Nobody is locked out while a district is paused
      Given the district "summer"
      And everyone the app held on first-share
      When on returns the district is paused, still without classes
      Then all that the app held before is still in use

    Scenario: A class that was absent over the summer is active again
      Given the district "summer"
      And the edge case "summer-without-classes"
      And on first-share the app holds Morning Circle as active
      When on departures the school year ends, and no new one has begun
      And on rollover the school year rolls over
      Then Morning Circle is active again

    Scenario: A graduate is archived after the summer
      Given the district "summer"
      And the edge case "summer-without-classes"
      And on first-share the app holds Claes as active
      When on rollover the school year rolls over
      Then Claes is archived, not lost

  @R5
  Rule: Every sync brings the app up to date

    Scenario: Next year's class is in the app
      Given the edge case "new-school-year"
      And on returns the app holds Weaving, Textiles and Loom Term as active
      When on rollover the school year rolls over
      Then the app holds Weaving next year, Textiles next year and Loom Term next year as active

    Scenario: A class that keeps its Clever ID has next year's course and term
      Given the edge case "section-kept-over-rollover"
      And on returns the app holds Homeroom 5 as active
      And on rollover the app holds Homeroom 5 and Mornings next year as active
      When on rollover the school year rolls over
      Then Homeroom 5 has the school, course and term Clever names

    Scenario: The classes of the new year are in the app after the summer
      Given the district "summer"
      And everyone the app held on first-share
      When on rollover the school year rolls over
      Then the app holds all that is new

    Scenario: A student who returns after a year has an account
      Given the district "summer"
      And the edge case "student-away-for-a-year"
      And on first-share the app holds Ivo as active
      When on departures Ivo moves away
      And on rollover more than 300 days have passed
      And on rollover Ivo is back after all
      Then the app holds Ivo as active

  @R2
  Rule: The app uses all the relevant data Clever shares

    Scenario: A class that keeps its Clever ID is still active
      Given the edge case "section-kept-over-rollover"
      And on returns the app holds Homeroom 5 as active
      When on rollover the school year rolls over
      Then the app holds Homeroom 5 as active

  @R1
  Rule: The Clever ID is the key of every record

    Scenario: A class that keeps its Clever ID is held once
      Given the edge case "section-kept-over-rollover"
      And on returns the app holds Homeroom 5 as active
      When on rollover the school year rolls over
      Then Homeroom 5 is held once

    Scenario: A student who moves up to middle school keeps the account
      Given the edge case "student-moves-up"
      And on returns the app holds Bosse as active
      And on returns Bosse finishes a lesson
      When on rollover the school year rolls over
      Then Bosse is held once
      And Bosse has the same account as on returns

    Scenario: People have the same accounts after the summer
      Given the district "summer"
      And the edge case "summer-without-classes"
      And on first-share the app holds Ada and Bente as active
      And on first-share Ada and Bente finish a lesson
      When on departures the school year ends, and no new one has begun
      And on rollover the school year rolls over
      Then Ada and Bente are held once
      And Ada and Bente have the same account as on first-share

    Scenario: A student who returns after a year is held once
      Given the district "summer"
      And the edge case "student-away-for-a-year"
      And on rollover the app holds Ivo as active
      When on departures Ivo moves away
      And on rollover more than 300 days have passed
      And on rollover Ivo is back after all
      Then Ivo is held once

  @R9
  Rule: Students and teachers are associated as Clever says

    Scenario: Next year's class has its students and teachers
      Given the edge case "new-school-year"
      And on returns the app has Ida in Weaving
      And on rollover the app holds Weaving next year, Ida and Mr Loom as active
      When on rollover the school year rolls over
      Then the students of Weaving next year are those Clever names
      And the teachers of Weaving next year are those Clever names

    Scenario: A class has another teacher in the new school year
      Given the edge case "teacher-gets-other-classes"
      And on returns the app has Mr Rye teaching Baking
      And on rollover the app holds Baking next year and Ms Oat as active
      When on rollover Ms Oat takes Baking over
      Then the teachers of Baking next year are those Clever names

    Scenario: A class that keeps its Clever ID has next year's students
      Given the edge case "section-kept-over-rollover"
      And on returns the app has Tove in Homeroom 5
      And on rollover the app holds Homeroom 5 and Uno as active
      When on rollover the school year rolls over
      Then the students of Homeroom 5 are those Clever names

    Scenario: Classes have their people after the summer
      Given the district "summer"
      And the edge case "summer-without-classes"
      And on first-share the app holds Ada and Spelling as active
      And on rollover the app holds Spelling next year, Morning Circle, Ada and Ms Rune as active
      When on rollover the school year rolls over
      Then the students of Spelling next year are those Clever names
      And the teachers of Spelling next year are those Clever names
      And the students of Morning Circle are those Clever names

  @G2
  Rule: A user belongs to every school Clever names

    Scenario: A student who moves up to middle school belongs there
      Given the edge case "student-moves-up"
      And on returns Bosse belongs to the schools Clever names
      And on rollover the app holds Bosse as active
      When on rollover the school year rolls over
      Then Bosse belongs to the schools Clever names

  @R8
  Rule: Student work belongs to the student, not to the section

    Scenario: Last year's work is still there in the new year
      Given the edge case "new-school-year"
      And on returns the app has Ida in Weaving
      And on returns Ida finishes a lesson
      When on rollover the school year rolls over
      Then Ida still has the lesson of returns

    Scenario: A student who moves up to middle school keeps the work
      Given the edge case "student-moves-up"
      And on returns the app holds Bosse as active
      And on returns Bosse finishes a lesson
      When on rollover the school year rolls over
      Then Bosse still has the lesson of returns

    Scenario: A graduate's work is kept
      Given the edge case "student-graduates"
      And on returns the app holds Calle as active
      And on returns Calle finishes a lesson
      When on rollover the school year rolls over
      Then Calle still has the lesson of returns

    Scenario: Work done in a class that goes on without the student stays the student's
      Given the edge case "section-kept-over-rollover"
      And on returns the app has Tove in Homeroom 5
      And on returns Tove finishes a lesson
      When on rollover the school year rolls over
      Then Tove still has the lesson of returns

    Scenario: Work survives the summer
      Given the district "summer"
      And the edge case "summer-without-classes"
      And on first-share the app holds Ada and Claes as active
      And on first-share Ada and Claes finish a lesson
      When on departures the school year ends, and no new one has begun
      And on rollover the school year rolls over
      Then Ada and Claes still have the lesson of first-share
