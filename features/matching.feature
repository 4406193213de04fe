Feature: People who used the app before Clever

  @R4
  Rule: Existing accounts are matched when a district connects

    Scenario: A student with the same e-mail address keeps the existing account
      Given the edge case "account-from-before-by-email"
      And on before Dana has an account with the same e-mail address
      And on first-share the app holds Dana as active
      When on first-share the district shares with the app
      Then Dana keeps the existing account
      And Dana still has the lesson of before

    Scenario: A teacher with the same e-mail address keeps the existing account
      Given the edge case "account-from-before-by-email"
      And on before Ms Ferri has an account with the same e-mail address
      And on first-share the app holds Ms Ferri as active
      When on first-share the district shares with the app
      Then Ms Ferri keeps the existing account

    Scenario: A student whose address has no capitals keeps the account with capitals
      Given the edge case "account-from-before-in-capitals"
      And on before Nils has an account with the same e-mail address in other capitals
      And on first-share the app holds Nils as active
      When on first-share the district shares with the app
      Then Nils keeps the existing account
      And Nils still has the lesson of before

    Scenario: A teacher whose address has capitals keeps the account without capitals
      Given the edge case "account-from-before-in-capitals"
      And on before Ms Renner has an account with the same e-mail address in other capitals
      And on first-share the app holds Ms Renner as active
      When on first-share the district shares with the app
      Then Ms Renner keeps the existing account

    Scenario: A student with the same number keeps the existing account
      Given the edge case "account-from-before-by-number"
      And on before Theo has an account with the same student number
      And on first-share the app holds Theo as active
      When on first-share the district shares with the app
      Then Theo keeps the existing account
      And Theo still has the lesson of before

    Scenario: Students who are shared later keep the existing accounts
      Given the edge case "account-from-before-shared-later"
      And on before Rune Vik has an account with the same e-mail address
      And on before Vera Moe has an account with the same student number
      And on midyear the app holds Rune Vik and Vera Moe as active
      When on midyear the district shares the three as well
      Then Rune Vik and Vera Moe keep the existing account
      And Rune Vik still has the lesson of before

    Scenario: A teacher who is shared later keeps the existing account
      Given the edge case "account-from-before-shared-later"
      And on before Mr Lunde has an account with the same e-mail address
      And on midyear the app holds Mr Lunde as active
      When on midyear the district shares the three as well
      Then Mr Lunde keeps the existing account

    Scenario: A student does not get the account of a namesake
      Given the edge case "account-of-a-namesake"
      And on before a namesake of Lena has an account
      And on first-share the app holds Lena as active
      When on first-share the district shares with the app
      Then Lena does not get that account

    Scenario: A student does not get the account of a teacher with the same number
      Given the edge case "account-of-a-teacher-with-the-number"
      And on before a teacher with the number of Milo has an account
      And on first-share the app holds Milo as active
      When on first-share the district shares with the app
      Then Milo does not get that account
