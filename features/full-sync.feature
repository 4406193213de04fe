Feature: A full sync on demand, asked for before the app has read the latest events

  @R6
  Rule: A full sync archives what Clever no longer shares, and restores what it shares again

    Scenario: Whoever left before a full sync is archived by it
      Given an app that follows events
      And the district "full-sync-on-demand"
      And the edge case "changed-before-a-full-sync"
      And on midyear the app holds Alma, Mr Brun, Ms Thode, Alma's mother and Sedge as active
      When on full-sync Alma and others leave
      And on full-sync the app is asked for a full sync
      Then Alma, Mr Brun, Ms Thode, Alma's mother and Sedge are archived, not lost

    Scenario: Whoever came back before a full sync is active again
      Given an app that follows events
      And the district "full-sync-on-demand"
      And the edge case "changed-before-a-full-sync"
      And on first-share the app holds Bo as active
      And on first-share Bo finishes a lesson
      When on midyear Bo leaves
      And on full-sync Bo comes back
      And on full-sync the app is asked for a full sync
      Then Bo is active again
      And Bo has the same account as on first-share

  @R5
  Rule: A full sync brings the app up to date

    Scenario: Whoever arrived before a full sync is in the app
      Given an app that follows events
      And the district "full-sync-on-demand"
      And the edge case "changed-before-a-full-sync"
      When on full-sync Cleo arrives
      And on full-sync the app is asked for a full sync
      Then the app holds Cleo as active

    Scenario: An address that changed before a full sync is updated by it
      Given an app that follows events
      And the district "full-sync-on-demand"
      And the edge case "changed-before-a-full-sync"
      And on midyear the app holds Dita as active
      When on full-sync Dita gets another address
      And on full-sync the app is asked for a full sync
      Then Dita has the e-mail address Clever gives

  @R9
  Rule: Students and teachers are associated as Clever says

    Scenario: A class that changed before a full sync has its new people
      Given an app that follows events
      And the district "full-sync-on-demand"
      And the edge case "changed-before-a-full-sync"
      And on midyear the app holds Reeds, Rushes, Enno and Mr Brun as active
      When on full-sync Enno changes from Rushes to Reeds
      And on full-sync Alma and others leave
      And on full-sync the app is asked for a full sync
      Then the students of Reeds are those Clever names
      And the teachers of Reeds are those Clever names
