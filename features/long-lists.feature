Feature: Lists of more than a thousand records

  @R2
  Rule: The app uses all the relevant data Clever shares

    Scenario: Records beyond the first thousand are in the app
      Given an app that asks for more than a usual page at once
      And the district "long-lists"
      When on quiet the district shares with the app
      Then the app holds every school, term, course and section
      And the app holds every user
