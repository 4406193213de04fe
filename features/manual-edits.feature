Feature: People make manual edits

  @D1
  Rule: The app does what the vendor declares

    Scenario: A manually added role lasts as declared
      Given the edge case "edited-by-hand"
      And on midyear the app holds Ms Vidal as active
      When on midyear Ms Vidal is manually made an administrator
      And on departures Ms Vidal marries
      Then "add-role" is as the vendor declares

    Scenario: A manually created user lasts as declared
      Given the edge case "edited-by-hand"
      And on midyear the app holds Ms Vidal as active
      When on midyear Ms Vidal manually creates a guest account
      And on departures the district shares with the app
      Then "create-user" is as the vendor declares

    Scenario: A manually created group lasts as declared
      Given the edge case "edited-by-hand"
      And on midyear the app holds Ines and Tom as active
      When on midyear Ines and Tom are manually grouped
      And on departures the district shares with the app
      Then "create-group" is as the vendor declares

    Scenario: A manually split section stays split as declared
      Given the edge case "edited-by-hand"
      And on first-share the app has Ines and Ada in Weaving
      When on midyear Ines and Ada are manually put into a subgroup of Weaving
      And on departures Uma joins Weaving
      Then "split-section" is as the vendor declares

    Scenario: A manually added student stays in the section as declared
      Given the edge case "edited-by-hand"
      And on midyear the app holds Tom and Weaving as active
      When on midyear Tom is manually added to Weaving
      And on departures Uma joins Weaving
      Then "add-student" is as the vendor declares

    Scenario: A manually removed student stays out of the section as declared
      Given the edge case "edited-by-hand"
      And on first-share the app has Ines in Weaving
      When on midyear Ines is manually removed from Weaving
      And on departures Uma joins Weaving
      Then "remove-student" is as the vendor declares

  @D2
  Rule: A sync leaves local records alone

    Scenario: Local users and groups survive every sync
      Given the whole district
      When the days first-share, midyear, departures, returns, rollover and quiet pass
      Then local users and groups are left alone
