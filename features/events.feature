Feature: Following a district by its events

  @E1
  Rule: Events lead to the state that a full sync leads to

    Scenario: A full sync after a year of events changes nothing
      Given an app that follows events
      And the whole district
      And everyone the app held on quiet
      When on full-sync the app is asked for a full sync
      Then the app is as it was on quiet

  @E2
  Rule: A full sync stays possible

    Scenario: An app that follows events reads the whole district when asked to
      Given an app that follows events
      And the whole district
      When on full-sync the app is asked for a full sync
      Then the app read the whole district again
