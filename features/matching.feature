Feature: People who were in the app before Clever

  @R4
  Rule: There is a way to match people who had accounts before

    Scenario: A student with the same e-mail address has the account of before
      Given the edge case "account-from-before-by-email"
      And on before Dana has an account with the same e-mail address
      And on first-share the app holds Dana as active
      When on first-share the district shares with the app
      Then Dana has the account of before
      And Dana still has the lesson of before

    Scenario: A teacher with the same e-mail address has the account of before
      Given the edge case "account-from-before-by-email"
      And on before Ms Ferri has an account with the same e-mail address
      And on first-share the app holds Ms Ferri as active
      When on first-share the district shares with the app
      Then Ms Ferri has the account of before

    Scenario: A student with the same number has the account of before
      Given the edge case "account-from-before-by-number"
      And on before Theo has an account with the same student number
      And on first-share the app holds Theo as active
      When on first-share the district shares with the app
      Then Theo has the account of before
      And Theo still has the lesson of before

    Scenario: The account of a namesake stays somebody else's
      Given the edge case "account-of-a-namesake"
      And on before a namesake of Lena has an account
      And on first-share the app holds Lena as active
      When on first-share the district shares with the app
      Then Lena does not get that account

    Scenario: The account of a teacher with a student's number stays the teacher's
      Given the edge case "account-of-a-teacher-with-the-number"
      And on before a teacher with the number of Milo has an account
      And on first-share the app holds Milo as active
      When on first-share the district shares with the app
      Then Milo does not get that account
