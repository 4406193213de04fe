Feature: Contacts belong to students

  @G4
  Rule: A contact belongs to the students Clever names

    Scenario: A contact of two children
      Given the edge case "contact-of-two-children"
      And on first-share the app holds Aylin, Elif and Deniz as active
      When on first-share the district shares with the app
      Then Aylin belongs to the students Clever names

    Scenario: A contact is no longer related to a child
      Given the edge case "contact-of-two-children"
      And on first-share the app holds Aylin as active
      When on midyear Aylin is no longer a contact of Deniz
      Then Aylin belongs to the students Clever names

    Scenario: A contact's relationship to a child changes
      Given the edge case "relationship-changes"
      And on first-share the app holds Mr Vane and Sofie as active
      When on midyear Mr Vane becomes Sofie's parent
      Then Mr Vane belongs to the students Clever names

    Scenario: A contact's relationship to a child is taken away
      Given the edge case "relationship-changes"
      And on first-share the app holds Mx Lace and Sofie as active
      When on midyear nobody says any more what Mx Lace is to Sofie
      Then Mx Lace belongs to the students Clever names

    Scenario: A child has two contacts
      Given the edge case "two-contacts-of-one-child"
      And on first-share the app holds Aoife, Aoife's mother and Aoife's grandfather as active
      When on first-share the district shares with the app
      Then Aoife's mother and Aoife's grandfather belong to the students Clever names

    Scenario: A child has four contacts
      Given the edge case "four-contacts-of-one-child"
      And on first-share the app holds Iver and Iver's mother as active
      When on first-share the district shares with the app
      Then Iver's mother, Iver's father, Iver's stepfather and Iver's grandmother belong to the students Clever names

    Scenario: A contact has six children
      Given the edge case "contact-of-six-children"
      And on first-share the app holds their foster mother, Ebba, Inga and Kari as active
      When on first-share the district shares with the app
      Then their foster mother belongs to the students Clever names

    Scenario: A contact of six children keeps five of them
      Given the edge case "contact-of-six-children"
      And on first-share the app holds their foster mother, Gerd and Inga as active
      When on midyear Gerd has another guardian
      Then their foster mother belongs to the students Clever names

    Scenario: A contact's child who is new at school
      Given the edge case "contact-of-six-children"
      And on returns the app holds their foster mother and Jorid as active
      When on returns Jorid comes to the school of the others
      Then their foster mother belongs to the students Clever names

    Scenario: A contact's relationship is empty
      Given the edge case "relationship-empty"
      And on first-share the app holds Mx Orr and Hugo as active
      When on first-share the district shares with the app
      Then Mx Orr belongs to the students Clever names

    Scenario: A guardian is no longer the guardian of a child who left
      Given the edge case "guardian-of-a-leaver-stays"
      And on midyear the app holds their father, Kaja and Nils as active
      When on departures Kaja leaves
      Then their father belongs to the students Clever names

    Scenario: A guardian is linked again to a child who comes back
      Given the edge case "guardian-of-a-leaver-stays"
      And on midyear the app holds their father, Kaja and Nils as active
      When on departures Kaja leaves
      And on returns Kaja comes back
      Then their father belongs to the students Clever names

    Scenario: A renamed contact belongs to the child
      Given the edge case "contact-renamed"
      And on first-share the app holds Ludo's mother and Ludo as active
      When on midyear the name of Ludo's mother is corrected
      Then Ludo's mother belongs to the students Clever names

  @R6
  Rule: Records that disappear are archived, and no others

    Scenario: A guardian stays when one of the children leaves
      Given the edge case "guardian-of-a-leaver-stays"
      And on midyear the app holds their father, Kaja and Nils as active
      When on departures Kaja leaves
      Then Kaja is archived, not lost
      And the app holds their father and Nils as active

    Scenario: A contact with a new Clever ID is archived under the old one
      Given the edge case "contact-renamed"
      And on first-share the app holds Ludo's mother and Ludo as active
      When on midyear the name of Ludo's mother is corrected
      Then the former Ludo's mother of first-share is archived, not lost

  @R5
  Rule: Every sync brings the app up to date

    Scenario: A contact with a new Clever ID has an account
      Given the edge case "contact-renamed"
      And on first-share the app holds Ludo's mother and Ludo as active
      When on midyear the name of Ludo's mother is corrected
      Then the app holds Ludo's mother as active

  @R1
  Rule: The Clever ID is the key of every record

    Scenario: A student and a parent with the same address stay separate
      Given the edge case "child-has-a-parents-address"
      When on first-share the district shares with the app
      Then Ottar and Ottar's mother are separate accounts

    Scenario: A contact and a teacher with the same address stay separate
      Given the edge case "contact-shares-address"
      When on first-share the district shares with the app
      Then Ms Vesper and Vito's father are separate accounts
