Feature: What holds for everyone in the district, all year long

  @G1
  Rule: A sync completes whenever Clever answers well

    Scenario: Every sync of the school year completes
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then every sync completed

    Scenario: A token that Clever has replaced is read again
      Given the neighbour district
      When on first-share the district shares with the app
      And on quiet the district gets a new token
      Then every sync completed

  @R2
  Rule: The app uses all the relevant data Clever shares

    Scenario: Every record is in the app after the first share
      Given the whole district
      When on first-share the district shares with the app
      Then the app holds every school, term, course and section
      And the app holds every user

    Scenario: A second district is in the app after its first share
      Given the neighbour district
      When on first-share the district shares with the app
      Then the app holds every school, term, course and section
      And the app holds every user

    Scenario: Lists are read to their end every day
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then every list is read to its end

    Scenario: Names, links and addresses are as Clever shares them
      Given the whole district
      And everyone the app held on first-share
      When on first-share the district shares with the app
      Then names and links are as Clever shares them
      And every e-mail address is as Clever shares it

  @R7
  Rule: Values that Clever does not guarantee may be missing

    Scenario: Users with a missing value are held like anyone else
      Given the whole district
      When on first-share the district shares with the app
      Then the app holds every user with a missing value

    Scenario: Records with a missing value are held like any other
      Given the whole district
      When on first-share the district shares with the app
      Then the app holds every school, term, course and section with a missing value

  @R1
  Rule: The Clever ID is the key of every record

    Scenario: No record is held twice
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then the app holds nothing twice

    Scenario: No two records are held as one
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then the app holds no two records as one

    Scenario: No record passes to another Clever ID
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then no record passes from one Clever ID to another

    Scenario: No record is replaced while its Clever ID stays
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then whatever Clever goes on sharing keeps its record

  @R9
  Rule: Students and teachers are associated as Clever says

    Scenario: Every section has its teachers and students
      Given the whole district
      And everyone the app held on first-share
      When on first-share the district shares with the app
      Then every section has the teachers Clever names
      And every section has the students Clever names

    Scenario: Every section has its teachers and students every day
      Given the whole district
      And everyone the app held on first-share
      When the days midyear, departures, returns, rollover and quiet pass
      Then every day every section has the teachers and students Clever names

  @G2
  Rule: A user belongs to every school Clever names

    Scenario: Every user belongs to every one of their schools every day
      Given the whole district
      And everyone the app held on first-share
      When the days midyear, departures, returns, rollover and quiet pass
      Then every day every user belongs to the schools Clever names

    Scenario: Every user belongs to every one of their schools
      Given the whole district
      And everyone the app held on first-share
      When on first-share the district shares with the app
      Then every user belongs to the schools Clever names

  @G3
  Rule: A user has every role Clever names

    Scenario: Every user has every one of their roles
      Given the whole district
      And everyone the app held on first-share
      When on first-share the district shares with the app
      Then every user has the roles Clever names

    Scenario: Every user has every one of their roles every day
      Given the whole district
      And everyone the app held on first-share
      When the days midyear, departures, returns, rollover and quiet pass
      Then every day every user has the roles Clever names

  @G8
  Rule: Each role counts only at its own schools

    Scenario: Every role is at its own schools every day
      Given the whole district
      And everyone the app held on first-share
      When the days midyear, departures, returns, rollover and quiet pass
      Then every day each role is at its own schools

  @G4
  Rule: A contact belongs to the students Clever names

    Scenario: Every contact belongs to their students
      Given the whole district
      And everyone the app held on first-share
      When on first-share the district shares with the app
      Then every contact belongs to the students Clever names

    Scenario: Every contact belongs to their students every day
      Given the whole district
      And everyone the app held on first-share
      When the days midyear, departures, returns, rollover and quiet pass
      Then every day every contact belongs to the students Clever names

  @R5
  Rule: Every sync brings the app up to date

    Scenario: The new classes of a new school year are in the app
      Given the whole district
      And everyone the app held on first-share
      When on rollover the school year rolls over
      Then the app holds all that is new
      And every section has the students Clever names

    Scenario: Whatever is new or has changed is in the app the same day
      Given the whole district
      And everyone the app held on first-share
      When the days midyear, departures, returns, rollover and quiet pass
      Then every day all that is new is in use
      And every day names, links and addresses are as Clever shares them

  @R6
  Rule: Records that Clever no longer shares are archived

    Scenario: Last year's classes and leavers are archived at rollover
      Given the whole district
      And everyone the app held on first-share
      When on rollover the school year rolls over
      Then nothing that Clever no longer shares is active
      And all that Clever no longer shares is archived, not lost

    Scenario: Whatever Clever shares is in use, and nothing else
      Given the whole district
      And everyone the app held on first-share
      When the days midyear, departures, returns, rollover and quiet pass
      Then every day all that Clever still shares, or shares again, is in use
      And every day all that Clever no longer shares is archived, not lost

  @G7
  Rule: Nobody gets an account without being shared

    Scenario: Nothing is in use that Clever never shared
      Given the whole district
      And everyone the app held on first-share
      When the days midyear, departures, returns, rollover and quiet pass
      Then every day nothing is in use that Clever has never shared

  @R8
  Rule: Student work belongs to the student, not to the section

    Scenario: A finished lesson is in the app
      Given the whole district
      And the lessons finished during the year
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then every lesson is in the app after it was finished

    Scenario: No piece of work is doubled
      Given the whole district
      And the lessons finished during the year
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then no piece of work is there twice

    Scenario: Lessons survive the rollover of the school year
      Given the whole district
      And the lessons finished during the year
      When on rollover the school year rolls over
      Then every lesson still belongs to whoever finished it

  @G5
  Rule: A sync without changes changes nothing

    Scenario: A quiet day leaves the app as it was
      Given the whole district
      And everyone the app held on rollover
      When on quiet nothing changes
      Then the app is as it was on rollover

  @G6
  Rule: A sync touches only its own district

    Scenario: The neighbour district stays as it was
      Given the neighbour district
      And everyone the app held on first-share
      When on quiet nothing changes
      Then no other district's sync has changed it since first-share

    Scenario: Every sync reads the district it is for
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then every sync read the district it was for

  @R3
  Rule: The app uses API version 3

    Scenario: Every request asks for version 3
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then every request for roster data asks for version 3

  @R10
  Rule: A sync can be started on demand

    Scenario: Every sync reads from Clever when it is asked for
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then every sync read from Clever when it was asked for
