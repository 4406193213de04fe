Feature: Following a district by its events

  @E1
  Rule: Events lead to the state that a full sync leads to

    Scenario: A full sync after a year of events changes nothing
      Given an app that follows events
      And the whole district
      And everyone the app held on quiet
      When on full-sync the app is asked for a full sync
      Then the app is as it was on quiet

    Scenario: Who leaves and comes back between two syncs is there as before
      Given an app that follows events
      And the district "followed-by-events"
      And everyone the app held on first-share
      When on midyear students leave and come back before the app syncs
      Then the app is as it was on first-share

    Scenario: Who left while nobody followed the events is archived all the same
      Given an app that follows events
      And the district "followed-by-events"
      And everyone the app held on first-share
      When on returns students leave, and the app syncs more than 30 days later
      Then nothing that Clever no longer shares is active

    Scenario: Who left while the app read the district is archived by the events
      Given an app that follows events
      And the district "changed-while-read"
      When on first-share students leave while the app reads
      And on midyear nothing changes
      Then nothing that Clever no longer shares is active

  @E2
  Rule: A full sync stays possible

    Scenario: An app that follows events reads the whole district when asked to
      Given an app that follows events
      And the whole district
      When on full-sync the app is asked for a full sync
      Then the app read the whole district again
