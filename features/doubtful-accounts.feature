Feature: Accounts from before Clever that are hard to match

  @R4
  Rule: Existing accounts are matched when a district connects

    Scenario: A student with the former Clever ID keeps the existing account
      Given the district "comings-and-goings"
      And the edge case "account-from-before-by-former-id"
      And on before Pim has an account with the same former Clever ID
      And on first-share the app holds Pim as active
      When on first-share the district shares with the app
      Then Pim keeps the existing account
      And Pim still has the lesson of before

    Scenario: A teacher with the former Clever ID keeps the existing account
      Given the district "comings-and-goings"
      And the edge case "account-from-before-by-former-id"
      And on before Ms Maes has an account with the same former Clever ID
      And on first-share the app holds Ms Maes as active
      When on first-share the district shares with the app
      Then Ms Maes keeps the existing account

    Scenario: Staff, administrators and contacts with the former Clever ID keep the existing account
      Given the district "comings-and-goings"
      And the edge case "account-from-before-by-former-id"
      And on before Mr Claes has an account with the same former Clever ID
      And on before Dr Wouters has an account with the same former Clever ID
      And on before Pim's aunt has an account with the same former Clever ID
      And on first-share the app holds Mr Claes, Dr Wouters and Pim's aunt as active
      When on first-share the district shares with the app
      Then Mr Claes keeps the existing account
      And Dr Wouters keeps the existing account
      And Pim's aunt keeps the existing account

    Scenario: A user with two roles keeps the existing account of the second
      Given the district "comings-and-goings"
      And the edge case "account-from-before-by-former-id"
      And on before Ms Smets has an account with the same former Clever ID
      And on first-share the app holds Ms Smets as active
      When on first-share the district shares with the app
      Then Ms Smets keeps the existing account

    Scenario: A student whose number is another's but for leading zeros keeps the existing account
      Given the district "comings-and-goings"
      And the edge case "accounts-that-differ-in-zeros"
      And on before Liv Bakke has an account with the same student number
      And on before Odd Hauge has an account with the same student number
      And on before Siri Aas has an account with the same student number
      And on first-share the app holds Liv Bakke, Odd Hauge and Siri Aas as active
      When on first-share the district shares with the app
      Then Liv Bakke keeps the existing account
      And Odd Hauge keeps the existing account
      And Siri Aas keeps the existing account

  @G9
  Rule: An existing account that may be somebody else's is left alone

    Scenario: An account that fits two students goes to nobody else
      Given the district "comings-and-goings"
      And the edge case "account-that-fits-two"
      And on before Ada Berge has an account with the same shared e-mail address
      And on before Dot Falk has an account with the same shared e-mail address
      And on first-share the app holds Ada Berge, Bo Berge, Cai Falk and Dot Falk as active
      When on first-share the district shares with the app
      Then nobody but Ada Berge gets that account
      And nobody but Dot Falk gets that account

    Scenario: An account whose number is another student's goes to nobody else
      Given the district "comings-and-goings"
      And the edge case "account-of-two-owners"
      And on before Elin Brox has an account with the e-mail address of Finn Brox
      And on first-share the app holds Elin Brox and Finn Brox as active
      When on first-share the district shares with the app
      Then nobody but Elin Brox gets that account

    Scenario: An account goes to nobody whose number differs in leading zeros
      Given the district "comings-and-goings"
      And the edge case "accounts-that-differ-in-zeros"
      And on before Liv Bakke has an account with the same student number
      And on before Odd Hauge has an account with the same student number
      And on before Siri Aas has an account with the same student number
      And on first-share the app holds Arve Lie, Liv Bakke, Odd Hauge and Siri Aas as active
      When on first-share the district shares with the app
      Then nobody but Liv Bakke gets that account
      And nobody but Odd Hauge gets that account
      And nobody but Siri Aas gets that account

  @R1
  Rule: The Clever ID is the key of every record

    Scenario: Students whom one account fits are separate
      Given the district "comings-and-goings"
      And the edge case "account-that-fits-two"
      When on first-share the district shares with the app
      Then Ada Berge and Bo Berge are separate accounts
      And Cai Falk and Dot Falk are separate accounts

    Scenario: Colleagues with the same role and name stay separate
      Given the district "comings-and-goings"
      And the edge case "colleagues-of-one-name"
      When on first-share the district shares with the app
      Then Ms Lund and the other Ms Lund are separate accounts
      And Mr Bech and the other Mr Bech are separate accounts
      And Dr Krag and the other Dr Krag are separate accounts
