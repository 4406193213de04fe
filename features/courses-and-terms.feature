Feature: Courses and terms

  @R6
  Rule: Records that disappear are archived, including courses and terms

    Scenario: A renamed course is a different course
      Given the edge case "course-renamed"
      And on first-share the app holds Meteorology and Weather as active
      When on midyear Meteorology is renamed
      Then the former Meteorology of first-share is archived, not lost
      And the app holds Weather as active

    Scenario: A term with new dates is a different term
      Given the edge case "term-dates-change"
      And on first-share the app holds Trimester and Weather Station as active
      When on midyear Trimester is extended
      Then the former Trimester of first-share is archived, not lost
      And the app holds Weather Station as active

  @R5
  Rule: Every sync brings the app up to date

    Scenario: A course that keeps its Clever ID gets its new name
      Given the edge case "course-keeps-its-id"
      And on midyear the app holds Optics as active
      When on departures Optics is renamed
      Then Optics has the name Clever gives

    Scenario: The class of a renamed course belongs to the new course
      Given the edge case "course-renamed"
      And on first-share the app holds Meteorology and Weather as active
      When on midyear Meteorology is renamed
      Then the app holds Meteorology as active
      And Weather has the school, course and term Clever names

    Scenario: The class of a term with new dates belongs to the new term
      Given the edge case "term-dates-change"
      And on first-share the app holds Trimester and Weather Station as active
      When on midyear Trimester is extended
      Then the app holds Trimester as active
      And Weather Station has the school, course and term Clever names

  @R1
  Rule: The Clever ID is the key of every record

    Scenario: Two courses with the same name stay separate
      Given the edge case "courses-of-one-name"
      And on first-share the app holds Group A and Group B as active
      When on first-share the district shares with the app
      Then Advisory and the other Advisory are separate records
      And Group A has the school, course and term Clever names
      And Group B has the school, course and term Clever names

    Scenario: Two courses with the same number stay separate
      Given the edge case "courses-of-one-number"
      And on first-share the app holds Deserts and Verbs as active
      When on first-share the district shares with the app
      Then World Regions and French Grammar are separate records
      And Deserts has the school, course and term Clever names
      And Verbs has the school, course and term Clever names

    Scenario: Two terms with the same name stay separate
      Given the edge case "terms-of-one-name"
      And on first-share the app holds Geology and Ecology as active
      When on first-share the district shares with the app
      Then Y1 and the other Y1 are separate records
      And Geology has the school, course and term Clever names
      And Ecology has the school, course and term Clever names

  @R2
  Rule: The app uses all the relevant data Clever shares

    Scenario: Classes in past and future terms are in the app
      Given the edge case "past-and-future-terms"
      When on first-share the district shares with the app
      Then the app holds Harvest, Sowing, Last Autumn and Next Spring as active
      And Harvest has the school, course and term Clever names
      And Sowing has the school, course and term Clever names
