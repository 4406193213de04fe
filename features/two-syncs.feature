Feature: Two syncs of one district are asked for at once

  @R1
  Rule: The Clever ID is the key of every record

    Scenario: Nothing is there twice after two syncs at once
      Given an app that is asked for two syncs at once
      And the district "synced-twice"
      When the days recovery and quiet pass
      Then the app holds nothing twice

  @R2
  Rule: The app uses all the relevant data Clever shares

    Scenario: A district that is synced twice at once is in the app
      Given an app that is asked for two syncs at once
      And the district "synced-twice"
      When on recovery the district shares with the app
      Then the app holds every school, term, course and section
      And the app holds every user
