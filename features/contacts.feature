Feature: Contacts belong to students

  @G4
  Rule: A contact belongs to the students Clever names, each in its own way

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
