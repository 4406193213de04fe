Feature: Clever answers everything but one list, or nothing any more

  @R2
  Rule: The app uses all the relevant data Clever shares

    Scenario: A district is in the app before one of its lists fails
      Given the district "lists-fail"
      When on schools-read the district shares with the app
      Then the app holds every school, term, course and section
      And the app holds every user

  @T1
  Rule: A failed or partial read removes nothing

    Scenario: Nobody is lost when the list of schools fails
      Given the district "lists-fail"
      And everyone the app held on schools-read
      When on schools-fail Clever answers with faults
      Then all that the app held before is still in use

    Scenario: Nobody is lost when the list of terms fails
      Given the district "lists-fail"
      And everyone the app held on terms-read
      When on terms-fail Clever answers with faults
      Then all that the app held before is still in use

    Scenario: Nobody is lost when the list of courses is a page for people
      Given the district "lists-fail"
      And everyone the app held on courses-read
      When on courses-fail Clever answers with faults
      Then all that the app held before is still in use

    Scenario: Nobody is lost when a page of sections fails
      Given the district "lists-fail"
      And everyone the app held on sections-read
      When on sections-fail Clever answers with faults
      Then all that the app held before is still in use

    Scenario: Nobody is lost when a page of students fails
      Given the district "lists-fail"
      And everyone the app held on students-read
      When on students-fail Clever answers with faults
      Then all that the app held before is still in use

    Scenario: Nobody is lost when a page of teachers or staff fails
      Given the district "lists-fail"
      And everyone the app held on teachers-read
      When on teachers-fail Clever answers with faults
      Then all that the app held before is still in use

    Scenario: Nobody is lost when a page of contacts fails
      Given the district "lists-fail"
      And everyone the app held on contacts-read
      When on contacts-fail Clever answers with faults
      Then all that the app held before is still in use

    Scenario: Nobody is lost when what belongs to one record fails
      Given the district "lists-fail"
      And everyone the app held on members-read
      When on members-fail Clever answers with faults
      Then all that the app held before is still in use

    Scenario: Nobody is lost when the token is refused
      Given the district "lists-fail"
      And everyone the app held on accepted
      When on refused Clever answers with faults
      Then all that the app held before is still in use

    Scenario: Nobody is lost when the token is refused in the middle of a sync
      Given the district "lists-fail"
      And everyone the app held on accepted-again
      When on refused-midway Clever answers with faults
      Then all that the app held before is still in use

  @T4
  Rule: A sync ends even if Clever does not recover

    Scenario: Every sync ends by itself while one list fails
      Given the district "lists-fail"
      When the days schools-read, schools-fail, terms-read, terms-fail, courses-read, courses-fail, sections-read, sections-fail, students-read, students-fail, teachers-read, teachers-fail, contacts-read, contacts-fail, members-read, members-fail, accepted, refused, accepted-again, refused-midway and all-read pass
      Then every sync ended by itself

  @T6
  Rule: The next good sync repairs everything

    Scenario: Students who arrive while the token is refused are in the app
      Given the district "lists-fail"
      And the edge case "students-arrive-while-refused"
      And everyone the app held on accepted
      When on refused Ole Vik arrives
      And on refused-midway Pia Vik arrives
      And the days accepted-again and all-read pass
      Then every sync completed
      And the app holds all that is new since accepted

  @T7
  Rule: An incomplete sync is reported as incomplete

    Scenario: A sync without one of its lists is not reported as completed
      Given the district "lists-fail"
      When the days schools-fail, terms-fail, courses-fail, sections-fail, students-fail, teachers-fail, contacts-fail, members-fail, refused and refused-midway pass
      Then no failed sync reports that it completed
