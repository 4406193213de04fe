Feature: Courses and terms

  @R6
  Rule: What disappears from Clever is archived, courses and terms too

    Scenario: A renamed course is another course
      Given the edge case "course-renamed"
      And on first-share the app holds Meteorology and Weather as active
      When on midyear Meteorology is renamed
      Then the former Meteorology of first-share is archived, not lost
      And the app holds Weather as active

  @R5
  Rule: Data is brought up to date with every sync

    Scenario: The class of a renamed course belongs to the new one
      Given the edge case "course-renamed"
      And on first-share the app holds Meteorology and Weather as active
      When on midyear Meteorology is renamed
      Then the app holds Meteorology as active
      And Weather has the school, course and term Clever names
