Feature: Lists that come in pages

  @R2
  Rule: The app uses all the relevant data Clever shares

    Scenario: The last user of all pages is in the app
      Given the edge case "last-user-of-the-list"
      And the app reads the users in pages
      When on first-share the district shares with the app
      Then the app holds Dr Zwick as active

    Scenario: The last class of all pages is in the app
      Given the edge case "last-class-of-the-list"
      And the app reads the sections in pages
      When on first-share the district shares with the app
      Then the app holds Zither as active

    Scenario: The last course of all pages is in the app
      Given the edge case "last-class-of-the-list"
      And the app reads the courses in pages
      When on first-share the district shares with the app
      Then the app holds Playing the Zither as active

    Scenario: The first records of the lists are in the app
      Given the edge case "student-returns"
      And the app reads the users in pages
      When on first-share the district shares with the app
      Then the app holds Maya as active

  @G1
  Rule: A sync completes whenever Clever answers well

    Scenario: A list that ends with a full page is read to its end
      Given the neighbour district
      And the app reads the users in pages
      When the day first-share passes
      Then every sync completed
