Feature: Mishaps of a whole district

  @R2
  Rule: All relevant data Clever shares is used

    Scenario: A small district is in the app after its first share
      Given the district "mishaps"
      When on first-share the district shares with the app
      Then the app holds every school, term, course and section
      And the app holds every user

  @R6
  Rule: What disappears is archived and comes back as the same record

    Scenario: What a district unshared by mistake is active again
      Given the district "mishaps"
      And the edge case "everything-unshared-by-mistake"
      And on first-share the app holds Eve, Eve's mother, Mr Hay, Drama, Stage and Act One as active
      When on midyear the district shares nothing by mistake
      And on departures the district shares with the app
      Then Eve, Eve's mother, Mr Hay, Drama, Stage and Act One are active again

    Scenario: Everybody is there again after a mistake
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

    Scenario: Who has another school stays when one closes
      Given the district "mishaps"
      And the edge case "school-closes"
      And on departures the app holds Gro and Mr Oar as active
      When on returns the middle school closes
      Then the app holds Gro and Mr Oar as active

    Scenario: Nothing is deleted when a district disconnects
      Given the district "mishaps"
      And the edge case "district-disconnects"
      And everyone the app held on first-share
      When on recovery the district disconnects
      Then all that the app held before is kept

  @G2
  Rule: A user belongs to all the schools Clever names

    Scenario: Who had two schools belongs to the one that is left
      Given the district "mishaps"
      And the edge case "school-closes"
      And on departures the app holds Gro and Mr Oar as active
      And on returns the app holds Gro and Mr Oar as active
      When on returns the middle school closes
      Then Gro and Mr Oar belong to the schools Clever names

  @R9
  Rule: Students and teachers stay associated as Clever has them

    Scenario: A class that was unshared by mistake has its people again
      Given the district "mishaps"
      And the edge case "everything-unshared-by-mistake"
      And on first-share the app holds Drama, Eve and Mr Hay as active
      And on departures the app holds Drama, Eve and Mr Hay as active
      When on departures the district shares with the app
      Then the students of Drama are those Clever names
      And the teachers of Drama are those Clever names

  @R8
  Rule: History hangs on the student

    Scenario: Work survives a mistake of the district
      Given the district "mishaps"
      And the edge case "everything-unshared-by-mistake"
      And on first-share the app holds Eve as active
      And on first-share Eve finishes a lesson
      When on midyear the district shares nothing by mistake
      And on departures the district shares with the app
      Then Eve still has the lesson of first-share

    Scenario: Work survives a district that disconnects
      Given the district "mishaps"
      And the edge case "district-disconnects"
      And on returns the app holds Lotta as active
      And on returns Lotta finishes a lesson
      When on recovery the district disconnects
      Then Lotta still has the lesson of returns

  @T1
  Rule: Nothing is inferred from a read that failed or broke off

    Scenario: Nobody is lost when the token stops working
      Given the district "mishaps"
      And the edge case "token-stops-midway"
      And everyone the app held on returns
      When on cut-off the token stops working while the app reads
      Then all that the app held before is still in use

  @G6
  Rule: A sync touches the records of its own district only

    Scenario: A small district stays as it was
      Given the district "mishaps"
      And everyone the app held on returns
      When on cut-off the token stops working while the app reads
      Then no other district's sync has changed it since returns

  @T7
  Rule: A sync that could not read everything says so

    Scenario: A sync of a district that has disconnected is not called completed
      Given the district "mishaps"
      And the edge case "district-disconnects"
      And everyone the app held on returns
      When on recovery the district disconnects
      Then no sync that failed says that it completed
