Feature: What the vendor declares

  @D1
  Rule: What the vendor declares is what happens

    Scenario: Students are matched as declared
      Given the whole district
      When on first-share the district shares with the app
      Then "matching-students" is as the vendor declares

    Scenario: Teachers are matched as declared
      Given the whole district
      When on first-share the district shares with the app
      Then "matching-teachers" is as the vendor declares
