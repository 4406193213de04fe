Feature: The app is killed in the middle of a sync

  @R2
  Rule: The app uses all the relevant data Clever shares

    Scenario: A district is in the app before it is killed
      Given an app that can be killed
      And the district "killed-midway"
      When on first-share the district shares with the app
      Then the app holds every school, term, course and section
      And the app holds every user

  @T1
  Rule: A failed or partial read removes nothing

    Scenario: Nobody is lost when the app is killed while it reads
      Given an app that can be killed
      And the district "killed-midway"
      And everyone the app held on midyear
      When on departures the app is killed while it reads
      Then all that the app held before is still in use

    Scenario: Nobody is lost when the app is killed at the end of the first sync of a school year
      Given an app that can be killed
      And the district "killed-midway"
      And everyone the app held on recovery
      When on rollover the app is killed while it reads
      Then all that the app held before is still in use

  @T6
  Rule: The next good sync repairs everything

    Scenario: After the app was killed, the next sync brings everything up to date
      Given an app that can be killed
      And the district "killed-midway"
      And the edge case "app-killed-midway"
      And on midyear the app holds Greta, Jonas and Lena as active
      When on midyear Ilse leaves
      And on departures Greta leaves, and Ilse comes back
      And on departures Hugo, Nils and Ms Reed arrive
      And on departures Jonas moves to basketry
      And on departures Lena gets another family name
      And on departures Elm Grove is renamed
      And on departures the app is killed while it reads
      And the day returns passes
      Then every sync completed
      And Greta is archived, not lost
      And the app holds Hugo, Ilse, Nils, Ms Reed and Hugo's aunt as active
      And the students of Weaving are those Clever names
      And the students of Basketry are those Clever names
      And the teachers of Basketry are those Clever names
      And Lena and Elm Grove have the name Clever gives

    Scenario: After the app was killed at rollover, the next sync brings everything up to date
      Given an app that can be killed
      And the district "killed-midway"
      And everyone the app held on recovery
      When on rollover the app is killed while it reads
      And the day quiet passes
      Then every sync completed
      And all that the app held on recovery is still in use
      And the app holds all that is new since recovery

  @R1
  Rule: The Clever ID is the key of every record

    Scenario: Nobody is there twice after the app was killed
      Given an app that can be killed
      And the district "killed-midway"
      And the edge case "app-killed-midway"
      When on departures the app is killed while it reads
      And on returns nothing changes
      Then Hugo, Ilse, Nils, Ms Reed and Hugo's aunt are held once

  @R8
  Rule: Student work belongs to the student, not to the section

    Scenario: Work is kept when the app is killed
      Given an app that can be killed
      And the district "killed-midway"
      And the edge case "app-killed-midway"
      And on first-share Ilse and Karla finish a lesson
      When on departures the app is killed while it reads
      And on returns nothing changes
      Then Ilse and Karla still have the lesson of first-share

  @G5
  Rule: A sync without changes changes nothing

    Scenario: Once all is up to date again, a sync changes nothing
      Given an app that can be killed
      And the district "killed-midway"
      And everyone the app held on returns
      When on departures the app is killed while it reads
      And on recovery nothing changes
      Then the app is as it was on returns
