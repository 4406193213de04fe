Feature: Teachers share classes

  @R9
  Rule: Students and teachers are associated as Clever says

    Scenario: Two teachers share a class
      Given the edge case "two-teachers-share-a-class"
      And on first-share the app holds Phonics, Ms Rivera and Mr Chen as active
      When on first-share the district shares with the app
      Then the teachers of Phonics are those Clever names

    Scenario: Three teachers share a class
      Given the edge case "three-teachers-share-a-class"
      And on first-share the app holds Earth Science, Ms Abbott, Mr Ito and Ms Costa as active
      When on first-share the district shares with the app
      Then the teachers of Earth Science are those Clever names

    Scenario: A co-teacher joins a class
      Given the edge case "co-teacher-joins"
      And on first-share the app has Ms Eriksen teaching Chemistry
      And on first-share the app holds Mr Baptiste as active
      When on midyear Mr Baptiste joins Chemistry
      Then the teachers of Chemistry are those Clever names

    Scenario: A co-teacher leaves a class
      Given the edge case "co-teacher-joins"
      And on midyear the app has Mr Baptiste teaching Chemistry
      When on departures Mr Baptiste leaves Chemistry
      Then the teachers of Chemistry are those Clever names
      And the app holds Mr Baptiste as active

    Scenario: A class gets another primary teacher
      Given the edge case "primary-teacher-replaced"
      And on first-share the app has Mr Fontaine teaching Drama
      And on first-share the app has Ms Osei teaching Dance
      When on midyear Ms Osei takes over Drama
      Then the teachers of Drama are those Clever names
      And the students of Drama are those Clever names
      And the app holds Mr Fontaine as active

    Scenario: Four teachers share a class
      Given the edge case "four-teachers-share-a-class"
      And on first-share the app holds Humanities, Ms Beck, Mr Diaz, Ms Roth and Mr Venn as active
      When on first-share the district shares with the app
      Then the teachers of Humanities are those Clever names

    Scenario: A class of four teachers keeps three of them
      Given the edge case "four-teachers-share-a-class"
      And on first-share the app has Mr Diaz teaching Humanities
      When on midyear Mr Diaz stops teaching Humanities
      Then the teachers of Humanities are those Clever names
      And the app holds Mr Diaz as active

    Scenario: Ten teachers share a class
      Given the edge case "ten-teachers-share-a-class"
      And on first-share the app holds Project Week, Ms Ash and Mr Juniper as active
      When on first-share the district shares with the app
      Then the teachers of Project Week are those Clever names

    Scenario: A co-teacher becomes primary and the primary teacher stays
      Given the edge case "co-teacher-becomes-primary"
      And on first-share the app has Ms Oduya teaching Fractions
      When on returns Mr Lenz becomes the primary teacher
      Then the teachers of Fractions are those Clever names
      And the primary teacher of Fractions is listed first
      And the app holds Ms Oduya as active

    Scenario: A co-teacher becomes primary, and nothing else of the class changes
      Given the edge case "co-teacher-becomes-primary"
      And on first-share the app has Ms Oduya teaching Ratios
      When on returns Mr Lenz becomes the primary teacher of Ratios, which keeps its name
      Then the teachers of Ratios are those Clever names
      And the primary teacher of Ratios is listed first

    Scenario: A class goes on with the co-teacher
      Given the edge case "primary-teacher-returns"
      And on midyear the app has Ms Kirk teaching Volcanoes
      When on departures Ms Kirk leaves
      Then the app holds Volcanoes and Mr Ansah as active
      And the teachers of Volcanoes are those Clever names

    Scenario: A primary teacher comes back and the co-teacher stays
      Given the edge case "primary-teacher-returns"
      And on midyear the app has Ms Kirk teaching Volcanoes
      When on departures Ms Kirk leaves
      And on returns Ms Kirk comes back
      Then the teachers of Volcanoes are those Clever names
