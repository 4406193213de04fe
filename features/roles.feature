Feature: People have several roles

  @G3
  Rule: A user has all the roles Clever names

    Scenario: A teacher at one school is an administrator at another
      Given the edge case "teacher-and-administrator"
      And on first-share the app holds Ms Delgado as active
      When on first-share the district shares with the app
      Then Ms Delgado has the roles Clever names
      And Ms Delgado is held once

    Scenario: An administrator's role is lost while the teacher stays
      Given the edge case "administrator-role-lost"
      And on first-share Ms Lund has the roles Clever names
      When on departures Ms Lund gives up administration
      Then Ms Lund has the roles Clever names
      And the app holds Ms Lund as active

    Scenario: A teacher becomes an administrator
      Given the edge case "teacher-becomes-administrator"
      And on first-share Mr Nasser has the roles Clever names
      When on midyear Mr Nasser becomes an administrator
      Then Mr Nasser has the roles Clever names
      And Mr Nasser is held once

  @R1
  Rule: The Clever ID is the key of every record

    Scenario: A teacher and administrator with two Clever IDs is two users
      Given the edge case "teacher-and-administrator-two-ids"
      When on first-share the district shares with the app
      Then Mr Keller and Principal Keller are separate accounts
