Feature: Clever shares what it had, because it cannot sync with the district

  @R2
  Rule: The app uses all the relevant data Clever shares

    Scenario: A district is in the app before its sync fails
      Given the district "old-data"
      When on first-share the district shares with the app
      Then the app holds every school, term, course and section
      And the app holds every user

  @R6
  Rule: Records that disappear are archived, and people who are still shared stay

    Scenario: Nobody is locked out while a district has to correct its data
      Given the district "old-data"
      And everyone the app held on first-share
      When on midyear the district has to correct its data, and shares what it had
      Then all that the app held before is still in use

    Scenario: Nobody is locked out while Clever cannot sync with a district
      Given the district "old-data"
      And everyone the app held on departures
      When on returns Clever cannot sync with the district, and shares what it had
      Then all that the app held before is still in use

    Scenario: Whoever is shared no longer is archived, even while a district has to correct its data
      Given the district "old-data"
      And the edge case "unshared-without-a-sync"
      And on midyear the app syncs with the district
      And on first-share the app holds Nell as active
      When on midyear Nell is shared no longer
      And on midyear the district has to correct its data, and shares what it had
      Then Nell is archived, not lost

    Scenario: Whoever is shared no longer is archived, even if Clever has not synced since
      Given the district "old-data"
      And the edge case "unshared-without-a-sync"
      And on returns the app syncs with the district
      And on departures the app holds Olaf as active
      When on returns Olaf is shared no longer
      And on returns Clever cannot sync with the district, and shares what it had
      Then Olaf is archived, not lost

    Scenario: The only administrator of a district is archived
      Given the district "old-data"
      And the edge case "only-district-administrator"
      And on first-share the app holds Dr Omega as active
      When on departures Dr Omega leaves
      Then Dr Omega is archived, not lost

  @R5
  Rule: Every sync brings the app up to date

    Scenario: Whoever is shared now is in the app, even while a district has to correct its data
      Given the district "old-data"
      And the edge case "unshared-without-a-sync"
      And on midyear the app syncs with the district
      And on first-share the app holds Rut as active
      When on midyear Ove is shared
      And on midyear the district has to correct its data, and shares what it had
      Then the app holds Ove as active

    Scenario: Whoever is shared now is in the app, even if Clever has not synced since
      Given the district "old-data"
      And the edge case "unshared-without-a-sync"
      And on returns the app syncs with the district
      And on departures the app holds Rut as active
      When on returns Siv is shared
      And on returns Clever cannot sync with the district, and shares what it had
      Then the app holds Siv as active
