Feature: Apps that wait before they archive, as they declare

  @D1
  Rule: The app does what the vendor declares

    Scenario: Nobody is archived before the declared time
      Given an app that archives later
      And the district "archives-later"
      And the edge case "archived-later"
      And on first-share the app holds Una, Noor, Mr Vale, Ms Dow and Weaving as active
      When on departures Una leaves
      And on departures Noor leaves
      And on departures Mr Vale leaves with Weaving
      And on departures Ms Dow is no longer shared
      And on long-gone nothing changes
      Then Una, Noor, Mr Vale, Ms Dow and Weaving were waited for as long as declared

    Scenario: A student who leaves again is not archived before the declared time
      Given an app that archives later
      And the district "archives-later"
      And the edge case "archived-later"
      And on first-share the app holds Sol as active
      When on departures Sol leaves
      And on returns Sol comes back
      And on back-at-last Sol leaves again
      Then Sol was waited for as long as declared

  @R6
  Rule: Records that disappear are archived and can be restored

    Scenario: A student who stays away is archived after the declared time
      Given an app that archives later
      And the district "archives-later"
      And the edge case "archived-later"
      And on first-share the app holds Una as active
      When on long-gone nothing changes
      Then Una is archived, not lost

    Scenario: A teacher and a staff member who stay away are archived after the declared time
      Given an app that archives later
      And the district "archives-later"
      And the edge case "archived-later"
      And on first-share the app holds Mr Vale and Ms Dow as active
      When on long-gone nothing changes
      Then Mr Vale and Ms Dow are archived, not lost

    Scenario: A contact who stays away is archived after the declared time
      Given an app that archives later
      And the district "archives-later"
      And the edge case "archived-later"
      And on first-share the app holds Una's aunt as active
      When on departures Una's aunt is taken off the list
      And on long-gone nothing changes
      Then Una's aunt is archived, not lost

    Scenario: A class that stays away is archived after the declared time
      Given an app that archives later
      And the district "archives-later"
      And the edge case "archived-later"
      And on first-share the app holds Weaving as active
      When on long-gone nothing changes
      Then Weaving is archived, not lost

    Scenario: A course and a term that stay away are archived after the declared time
      Given an app that archives later
      And the district "archives-later"
      And the edge case "archived-later"
      And on first-share the app holds Textiles and Craft Block as active
      When on departures Textiles is dropped
      And on departures Craft Block is withdrawn
      And on long-gone nothing changes
      Then Textiles and Craft Block are archived, not lost

    Scenario: Nothing that stayed away is in use after the declared time
      Given an app that archives later
      And the district "archives-later"
      And everyone the app held on first-share
      When on long-gone nothing changes
      Then nothing that Clever no longer shares is active

    Scenario: A student who comes back in time is not archived later
      Given an app that archives later
      And the district "archives-later"
      And the edge case "archived-later"
      And on first-share the app holds Noor as active
      When on returns Noor comes back
      And on long-gone nothing changes
      Then the app holds Noor as active
      And Noor has the same account as on first-share

  @R6 @R8
  Rule: What was archived later returns as the same account

    Scenario: A student who comes back after the declared time finds the same account
      Given an app that archives later
      And the district "archives-later"
      And the edge case "archived-later"
      And on first-share the app holds Una as active
      And on first-share Una finishes a lesson
      When on back-at-last Una comes back
      Then Una is active again
      And Una has the same account as on first-share
      And Una still has the lesson of first-share

    Scenario: Employees and contacts who come back after the declared time are active again
      Given an app that archives later
      And the district "archives-later"
      And the edge case "archived-later"
      And on first-share the app holds Mr Vale, Ms Dow and Una's aunt as active
      When on back-at-last Mr Vale comes back with Weaving
      And on back-at-last Ms Dow is shared again
      And on back-at-last Una's aunt is on the list again
      Then Mr Vale, Ms Dow and Una's aunt are active again

    Scenario: A class, a course and a term that come back after the declared time are active again
      Given an app that archives later
      And the district "archives-later"
      And the edge case "archived-later"
      And on first-share the app holds Weaving, Textiles and Craft Block as active
      When on back-at-last Mr Vale comes back with Weaving
      And on back-at-last Textiles and Craft Block are offered again
      Then Weaving, Textiles and Craft Block are active again
