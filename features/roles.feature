Feature: People have several roles

  @G3
  Rule: A user has every role Clever names

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

    Scenario: An administrator's role comes back
      Given the edge case "administrator-role-lost"
      And on first-share Ms Lund has the roles Clever names
      When on departures Ms Lund gives up administration
      And on returns Ms Lund takes up administration again
      Then Ms Lund has the roles Clever names

    Scenario: The role of a district administrator is lost while the person stays
      Given the edge case "district-administrator-role-lost"
      And on first-share Dr Falk has the roles Clever names
      When on departures Dr Falk gives up running the district
      Then Dr Falk has the roles Clever names
      And the app holds Dr Falk as active

    Scenario: A teacher becomes an administrator
      Given the edge case "teacher-becomes-administrator"
      And on first-share Mr Nasser has the roles Clever names
      When on midyear Mr Nasser becomes an administrator
      Then Mr Nasser has the roles Clever names
      And Mr Nasser is held once

    Scenario: A district administrator has that role
      Given the edge case "district-administrator"
      And on first-share the app holds Dr Reyes as active
      When on first-share the district shares with the app
      Then Dr Reyes has the roles Clever names

    Scenario: One user has three roles
      Given the edge case "three-roles-in-one-user"
      And on first-share the app holds Ms Quill as active
      When on first-share the district shares with the app
      Then Ms Quill has the roles Clever names
      And Ms Quill is held once

    Scenario: A user with three roles keeps two of them
      Given the edge case "three-roles-in-one-user"
      And on first-share Ms Quill has the roles Clever names
      When on midyear Ms Quill gives up running the district
      Then Ms Quill has the roles Clever names
      And the app holds Ms Quill as active

    Scenario: An administrator becomes a teacher too
      Given the edge case "administrator-takes-a-class"
      And on first-share Ms Bloom has the roles Clever names
      When on midyear Ms Bloom also teaches Greek
      Then Ms Bloom has the roles Clever names

  @R2
  Rule: The app uses all the relevant data Clever shares

    Scenario: A district administrator without a school has an account
      Given the edge case "district-administrator"
      When on first-share the district shares with the app
      Then the app holds Dr Reyes as active

    Scenario: A teacher without a class has an account
      Given the edge case "teacher-without-classes"
      When on first-share the district shares with the app
      Then the app holds Mr Idowu as active

    Scenario: A student without a class has an account
      Given the edge case "student-without-classes"
      When on first-share the district shares with the app
      Then the app holds Wren as active

    Scenario: Staff of both kinds have accounts
      Given the edge case "staff-of-both-kinds"
      When on first-share the district shares with the app
      Then the app holds Ms Porter and Mr Leads as active

  @R9
  Rule: Students and teachers are associated as Clever says

    Scenario: An administrator teaches a class
      Given the edge case "administrator-takes-a-class"
      And on first-share the app holds Ms Bloom and Greek as active
      When on midyear Ms Bloom also teaches Greek
      Then the teachers of Greek are those Clever names

    Scenario: A teacher who changes school changes classes
      Given the edge case "teacher-changes-school"
      And on first-share the app has Mr Ferro teaching Drums
      When on returns Mr Ferro moves to the other campus
      Then the teachers of Drums are those Clever names
      And the teachers of Cello are those Clever names

  @G2
  Rule: A user belongs to every school Clever names

    Scenario: A teacher who changes school belongs to the new one
      Given the edge case "teacher-changes-school"
      And on first-share Mr Ferro belongs to the schools Clever names
      When on returns Mr Ferro moves to the other campus
      Then Mr Ferro belongs to the schools Clever names

    Scenario: A teacher who is an administrator of another school now has left the first
      Given the edge case "teacher-and-administrator"
      And on first-share Ms Delgado belongs to the schools Clever names
      When on midyear Ms Delgado runs another school
      Then Ms Delgado belongs to the schools Clever names

  @G8
  Rule: Each role counts only at its own schools

    Scenario: A teacher at one school is not an administrator there
      Given the edge case "teacher-and-administrator"
      And on first-share Ms Delgado has the roles Clever names
      When on first-share the district shares with the app
      Then Ms Delgado has each role at the schools Clever names

    Scenario: A teacher and administrator changes the school of one role
      Given the edge case "teacher-and-administrator"
      And on first-share Ms Delgado has the roles Clever names
      When on midyear Ms Delgado runs another school
      Then Ms Delgado has each role at the schools Clever names

  @R1
  Rule: The Clever ID is the key of every record

    Scenario: A teacher and administrator with two Clever IDs is two users
      Given the edge case "teacher-and-administrator-two-ids"
      When on first-share the district shares with the app
      Then Mr Keller and Principal Keller are separate accounts

    Scenario: A teacher and a guardian with the same name stay separate
      Given the edge case "teacher-who-is-a-guardian"
      When on first-share the district shares with the app
      Then Ms Amato and Gino's mother are separate accounts
