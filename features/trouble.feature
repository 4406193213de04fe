Feature: Clever is slow or fails for a while

  @T1
  Rule: Nothing is inferred from a read that failed or broke off

    Scenario: Nobody is lost when Clever answers late
      Given the whole district
      And everyone the app held on returns
      When on slow Clever is unwell
      Then all that the app held before is still in use

    Scenario: Nobody is lost when Clever limits requests
      Given the whole district
      And everyone the app held on returns
      When on too-many-requests Clever is unwell
      Then all that the app held before is still in use

    Scenario: Nobody is lost when the connection drops in the middle of a page
      Given the whole district
      And everyone the app held on returns
      When on cut-off Clever is unwell
      Then all that the app held before is still in use

    Scenario: Nobody is lost when a page is not JSON
      Given the whole district
      And everyone the app held on returns
      When on html Clever is unwell
      Then all that the app held before is still in use

    Scenario: Nobody is lost when a page is empty
      Given the whole district
      And everyone the app held on returns
      When on empty-body Clever is unwell
      Then all that the app held before is still in use

    Scenario: Nobody is lost when a page has no list of records
      Given the whole district
      And everyone the app held on returns
      When on no-list Clever is unwell
      Then all that the app held before is still in use

    Scenario: Nobody is lost when all of Clever fails
      Given the whole district
      And everyone the app held on returns
      When on server-errors Clever is unwell
      Then all that the app held before is still in use

  @T2
  Rule: Trouble that passes is outlasted

    Scenario: A student who arrives while requests are limited is in the app
      Given the edge case "students-arrive-in-trouble"
      And everyone the app held on returns
      When on too-many-requests Ben arrives
      And on too-many-requests Clever is unwell
      Then the app holds all that is new

    Scenario: A student who arrives while a connection drops is in the app
      Given the edge case "students-arrive-in-trouble"
      And everyone the app held on returns
      When on cut-off Cleo arrives
      And on cut-off Clever is unwell
      Then the app holds all that is new

    Scenario: What failed at Clever is asked for again
      Given the whole district
      When on server-errors Clever is unwell
      Then what failed is asked for again

  @T3
  Rule: Clever is asked again with restraint

    Scenario: The app pauses between attempts
      Given the whole district
      When on server-errors Clever is unwell
      Then the app pauses before it asks again

    Scenario: After five failed retries the app stops for the day
      Given the whole district
      When on server-errors Clever is unwell
      Then nothing is asked for more than five times again

    Scenario: The app waits until the rate limit is reset
      Given the whole district
      When on too-many-requests Clever is unwell
      Then nothing is asked for before the limit is reset

    Scenario: What Clever refuses is not asked for again
      Given the whole district
      When the days first-share, midyear, departures, returns, slow, rollover and quiet pass
      Then nothing that Clever refused is asked for again

  @T4
  Rule: A sync ends even if Clever does not recover

    Scenario: No sync has to be stopped
      Given the whole district
      When the days first-share, midyear, departures, returns, slow, too-many-requests, cut-off, html, empty-body, no-list, server-errors, recovery, rollover and quiet pass
      Then every sync ended by itself

  @T5
  Rule: One record that cannot be read stops nothing else

    Scenario: A student who arrives is in the app although another record is not found
      Given the edge case "students-arrive-in-trouble"
      And everyone the app held on returns
      When on slow Ada arrives
      And on slow Clever does not find one record
      Then the app holds all that is new

  @T6
  Rule: After trouble the next sync brings everything up to date

    Scenario: Once Clever is well again all is as Clever shares it
      Given the edge case "students-arrive-in-trouble"
      And everyone the app held on returns
      When on server-errors Dario arrives
      And the day recovery passes
      Then every sync completed
      And all that the app held on returns is still in use
      And the app holds all that is new since returns

  @T7
  Rule: A sync that could not read everything says so

    Scenario: A sync that failed is not called completed
      Given the whole district
      When the days html, empty-body, no-list and server-errors pass
      Then no sync that failed says that it completed
