Feature: Clever is slow or fails for a while

  @T1
  Rule: A failed or partial read removes nothing

    Scenario: Nobody is lost when Clever answers late
      Given the whole district
      And everyone the app held on returns
      When on slow Clever answers with faults
      Then all that the app held before is still in use

    Scenario: Nobody is lost when Clever limits requests
      Given the whole district
      And everyone the app held on returns
      When on too-many-requests Clever answers with faults
      Then all that the app held before is still in use

    Scenario: Nobody is lost when the connection drops in the middle of a page
      Given the whole district
      And everyone the app held on returns
      When on cut-off Clever answers with faults
      Then all that the app held before is still in use

    Scenario: Nobody is lost when a page is not JSON
      Given the whole district
      And everyone the app held on returns
      When on html Clever answers with faults
      Then all that the app held before is still in use

    Scenario: Nobody is lost when a page is empty
      Given the whole district
      And everyone the app held on returns
      When on empty-body Clever answers with faults
      Then all that the app held before is still in use

    Scenario: Nobody is lost when a page has no list of records
      Given the whole district
      And everyone the app held on returns
      When on no-list Clever answers with faults
      Then all that the app held before is still in use

    Scenario: Nobody is lost when all of Clever fails
      Given the whole district
      And everyone the app held on returns
      When on server-errors Clever answers with faults
      Then all that the app held before is still in use

  @T2
  Rule: Transient failures are retried

    Scenario: A student who arrives while requests are limited is in the app
      Given the edge case "students-arrive-in-trouble"
      And everyone the app held on returns
      When on too-many-requests Ben arrives
      And on too-many-requests Clever answers with faults
      Then the app holds all that is new

    Scenario: A student who arrives while a connection drops is in the app
      Given the edge case "students-arrive-in-trouble"
      And everyone the app held on returns
      When on cut-off Cleo arrives
      And on cut-off Clever answers with faults
      Then the app holds all that is new

    Scenario: Failed requests are sent again
      Given the whole district
      When on server-errors Clever answers with faults
      Then failed requests are sent again

  @T3
  Rule: Retries back off and are bounded

    Scenario: The app pauses between retries
      Given the whole district
      When on server-errors Clever answers with faults
      Then the app pauses before each retry

    Scenario: After five failed retries the app stops for the day
      Given the whole district
      When on server-errors Clever answers with faults
      Then no request is retried more than five times

    Scenario: The app waits until the rate limit is reset
      Given the whole district
      When on too-many-requests Clever answers with faults
      Then no request is sent before the rate limit resets

    Scenario: Refused requests are not repeated
      Given the whole district
      When the days first-share, midyear, departures, returns, slow, rollover and quiet pass
      Then no refused request is repeated

  @T4
  Rule: A sync ends even if Clever does not recover

    Scenario: Every sync ends by itself
      Given the whole district
      When the days first-share, midyear, departures, returns, slow, too-many-requests, cut-off, html, empty-body, no-list, server-errors, recovery, rollover and quiet pass
      Then every sync ended by itself

  @T5
  Rule: One unreadable record does not stop the rest

    Scenario: A student who arrives is in the app even if another record is not found
      Given the edge case "students-arrive-in-trouble"
      And everyone the app held on returns
      When on slow Ada arrives
      And on slow Clever does not find one record
      Then the app holds all that is new

  @T6
  Rule: The next good sync repairs everything

    Scenario: Once Clever has recovered, everything is up to date
      Given the edge case "students-arrive-in-trouble"
      And everyone the app held on returns
      When on server-errors Dario arrives
      And the day recovery passes
      Then every sync completed
      And all that the app held on returns is still in use
      And the app holds all that is new since returns

    Scenario: What was read before a page failed is up to date after the next good sync
      Given the edge case "students-arrive-in-trouble"
      And on returns the app holds Abel and Aya as active
      When on html Abel gets another family name and e-mail address
      And on no-list Aya gets another family name and e-mail address
      And the day recovery passes
      Then Abel and Aya have the name Clever gives
      And Abel and Aya have the e-mail address Clever gives

    Scenario: Nothing is left of the fault days
      Given the whole district
      And everyone the app held on returns
      When the day recovery passes
      Then no difference from what Clever shares is left of a fault day

  @T7
  Rule: An incomplete sync is reported as incomplete

    Scenario: A failed sync is not reported as completed
      Given the whole district
      When the days html, empty-body, no-list and server-errors pass
      Then no failed sync reports that it completed
