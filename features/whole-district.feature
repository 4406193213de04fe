Feature: Mishaps of a whole district

  @R2
  Rule: The app uses all the relevant data Clever shares

    Scenario: A small district is in the app after its first share
      Given the district "mishaps"
      When on first-share the district shares with the app
      Then the app holds every school, term, course and section
      And the app holds every user

  @R6
  Rule: Records that disappear are archived and can be restored

    Scenario: Records unshared by mistake are active again
      Given the district "mishaps"
      And the edge case "everything-unshared-by-mistake"
      And on first-share the app holds Eve, Eve's mother, Mr Hay, Drama, Stage and Act One as active
      When on midyear the district shares nothing by mistake
      And on departures the district shares with the app
      Then Eve, Eve's mother, Mr Hay, Drama, Stage and Act One are active again

    Scenario: Everybody is back after a mistake
      Given the district "mishaps"
      And everyone the app held on first-share
      When on midyear the district shares nothing by mistake
      And on departures the district shares with the app
      Then all that the app held on first-share is in use again

    Scenario: A school that closes is archived with its people and classes
      Given the district "mishaps"
      And the edge case "school-closes"
      And on departures the app holds the middle school, Finn, Ms Stern and Rowing as active
      When on returns the middle school closes
      Then the middle school, Finn, Ms Stern and Rowing are archived, not lost

    Scenario: People with another school stay when one closes
      Given the district "mishaps"
      And the edge case "school-closes"
      And on departures the app holds Gro and Mr Oar as active
      When on returns the middle school closes
      Then the app holds Gro and Mr Oar as active

    Scenario: People who go to another school when theirs closes stay
      Given the district "mishaps"
      And the edge case "school-closes"
      And on departures the app holds Jorn, Jorn's aunt, Kaia, Lone, Ms Reef, Mr Dock and Ms Pier as active
      And on departures Jorn, Kaia and Lone finish a lesson
      When on returns the middle school closes
      Then the app holds Jorn, Jorn's aunt, Kaia, Lone, Ms Reef, Mr Dock and Ms Pier as active
      And Jorn, Kaia and Lone have the same account as on departures

    Scenario: Nothing is deleted when a district disconnects
      Given the district "mishaps"
      And the edge case "district-disconnects"
      And everyone the app held on first-share
      When on recovery the district disconnects
      Then all that the app held before is kept

  @G2
  Rule: A user belongs to every school Clever names

    Scenario: People with two schools keep the remaining one
      Given the district "mishaps"
      And the edge case "school-closes"
      And on departures the app holds Gro and Mr Oar as active
      And on returns the app holds Gro and Mr Oar as active
      When on returns the middle school closes
      Then Gro and Mr Oar belong to the schools Clever names

    Scenario: People whose school closes belong to the one they go to
      Given the district "mishaps"
      And the edge case "school-closes"
      And on departures Jorn, Kaia, Lone, Ms Reef, Mr Dock and Ms Pier belong to the schools Clever names
      And on returns the app holds Jorn, Kaia, Lone, Ms Reef, Mr Dock and Ms Pier as active
      When on returns the middle school closes
      Then Jorn, Kaia, Lone, Ms Reef, Mr Dock and Ms Pier belong to the schools Clever names

  @R5
  Rule: Every sync brings the app up to date

    Scenario: A class that goes on at another school when its own closes has that school
      Given the district "mishaps"
      And the edge case "school-closes"
      And on departures the app holds Canoeing as active
      When on returns the middle school closes
      Then Canoeing has the school, course and term Clever names

  @R9
  Rule: Students and teachers are associated as Clever says

    Scenario: A class that was unshared by mistake has its people again
      Given the district "mishaps"
      And the edge case "everything-unshared-by-mistake"
      And on first-share the app holds Drama, Eve and Mr Hay as active
      And on departures the app holds Drama, Eve and Mr Hay as active
      When on departures the district shares with the app
      Then the students of Drama are those Clever names
      And the teachers of Drama are those Clever names

    Scenario: Classes have those who come to them when a school closes
      Given the district "mishaps"
      And the edge case "school-closes"
      And on departures the app holds Quilting, Canoeing, Jorn, Kaia, Lone and Ms Reef as active
      When on returns the middle school closes
      Then the students of Quilting are those Clever names
      And the students of Canoeing are those Clever names
      And the teachers of Canoeing are those Clever names

  @R8
  Rule: Student work belongs to the student, not to the section

    Scenario: Work survives a district's mistake
      Given the district "mishaps"
      And the edge case "everything-unshared-by-mistake"
      And on first-share the app holds Eve as active
      And on first-share Eve finishes a lesson
      When on midyear the district shares nothing by mistake
      And on departures the district shares with the app
      Then Eve still has the lesson of first-share

    Scenario: Work survives the closing of a school
      Given the district "mishaps"
      And the edge case "school-closes"
      And on departures the app holds Jorn, Kaia and Lone as active
      And on departures Jorn, Kaia and Lone finish a lesson
      When on returns the middle school closes
      Then Jorn, Kaia and Lone still have the lesson of departures

    Scenario: Work survives a district that disconnects
      Given the district "mishaps"
      And the edge case "district-disconnects"
      And on returns the app holds Lotta as active
      And on returns Lotta finishes a lesson
      When on recovery the district disconnects
      Then Lotta still has the lesson of returns

  @G6
  Rule: A sync touches only its own district

    Scenario: A small district stays as it was
      Given the district "mishaps"
      And everyone the app held on returns
      When on recovery the district disconnects
      Then no other district's sync has changed it since returns

  @T7
  Rule: An incomplete sync is reported as incomplete

    Scenario: A sync of a disconnected district is not reported as completed
      Given the district "mishaps"
      And the edge case "district-disconnects"
      And everyone the app held on returns
      When on recovery the district disconnects
      Then no failed sync reports that it completed
