Feature: What the vendor declares

  @D1
  Rule: The app does what the vendor declares

    Scenario: Students are matched as declared
      Given the whole district
      When on first-share the district shares with the app
      Then "matching-students" is as the vendor declares

    Scenario: Teachers are matched as declared
      Given the whole district
      When on first-share the district shares with the app
      Then "matching-teachers" is as the vendor declares

    Scenario: The API version is as declared
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then "api-version" is as the vendor declares

    Scenario: The user types with accounts are as declared
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then "user-types" is as the vendor declares

    Scenario: Data is brought up to date as declared
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then "daily-sync" is as the vendor declares

    Scenario: Missing records are archived as declared
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then "archives" is as the vendor declares

    Scenario: Returning records are restored as declared
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then "restores" is as the vendor declares

    Scenario: Co-teachers are supported as declared
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then "co-teachers" is as the vendor declares

    Scenario: Users belong to several schools as declared
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then "several-schools" is as the vendor declares

    Scenario: Work is kept as declared
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then "keeps-progress" is as the vendor declares

    Scenario: Accounts exist for whom the vendor declares
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then accounts exist for whom the vendor declares
