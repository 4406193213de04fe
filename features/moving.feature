Feature: Students move

  @R9
  Rule: A student is in the classes Clever names, and in no others

    Scenario: A student changes class
      Given the edge case "student-changes-class"
      And on first-share the app has Maya in Art
      When on midyear Maya changes from Art to Music
      Then the students of Art are those Clever names
      And the students of Music are those Clever names

    Scenario: A student takes a second class
      Given the edge case "student-adds-and-drops-class"
      And on first-share the app has Noor in Algebra
      When on midyear Noor also takes Robotics
      Then the students of Algebra are those Clever names
      And the students of Robotics are those Clever names

    Scenario: A student drops a class
      Given the edge case "student-adds-and-drops-class"
      And on midyear the app has Noor in Robotics
      When on departures Noor drops Robotics
      Then the students of Robotics are those Clever names
      And the students of Algebra are those Clever names

    Scenario: A student who changes school leaves the old classes
      Given the edge case "student-changes-school"
      And on first-share the app has Amir in Reading
      When on midyear Amir moves to the academy
      Then the students of Reading are those Clever names
      And the students of Writing are those Clever names

    Scenario: A student changes class on a day on which nothing comes or goes
      Given the district "summer"
      And the edge case "moves-that-count-nothing"
      And on first-share the app has Pia in Glazing
      When on midyear Pia moves to whittling
      Then the students of Whittling are those Clever names
      And the students of Glazing are those Clever names

    Scenario: A student takes the place of another in the middle of a class
      Given the district "summer"
      And the edge case "moves-that-count-nothing"
      And on first-share the app has Bo in Bevelling
      And on first-share the app has Cato in Glazing
      When on midyear Cato takes the place of Bo in bevelling
      Then the students of Bevelling are those Clever names

    Scenario: A student comes back to a class
      Given the edge case "student-returns-to-class"
      And on first-share the app has Rafa in Climbing
      When on midyear Rafa changes to Rowing
      And on returns Rafa changes back to Climbing
      Then the students of Climbing are those Clever names
      And the students of Rowing are those Clever names

  @R5
  Rule: Every sync brings the app up to date

    Scenario: A name changes on a day on which nothing comes or goes
      Given the district "summer"
      And the edge case "moves-that-count-nothing"
      And on first-share the app holds Otto Holm as active
      When on midyear Otto Holm is called Tilman
      Then Otto Holm has the name Clever gives

  @G2
  Rule: A user belongs to every school Clever names

    Scenario: A student who changes school belongs to the new one
      Given the edge case "student-changes-school"
      And on first-share Amir belongs to the schools Clever names
      When on midyear Amir moves to the academy
      Then Amir belongs to the schools Clever names

  @R8
  Rule: Student work belongs to the student, not to the section

    Scenario: A student who changes class keeps the work
      Given the edge case "student-changes-class"
      And on first-share the app has Maya in Art
      And on first-share Maya finishes a lesson
      When on midyear Maya changes from Art to Music
      Then Maya still has the lesson of first-share

    Scenario: A student who changes school keeps the work
      Given the edge case "student-changes-school"
      And on first-share the app has Amir in Reading
      And on first-share Amir finishes a lesson
      When on midyear Amir moves to the academy
      Then Amir still has the lesson of first-share

  @R1
  Rule: The Clever ID is the key of every record

    Scenario: A student with a new school and a new address keeps the account
      Given the edge case "student-changes-school-and-email"
      And on first-share the app holds Lena as active
      And on first-share Lena finishes a lesson
      When on midyear Lena moves to the other campus
      Then the app holds Lena as active
      And Lena is held once
      And Lena has the same account as on first-share
