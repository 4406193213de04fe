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

    Scenario: Nobody is lost when the token is replaced in the middle of a list
      Given the district "lists-fail"
      And the edge case "token-stops-midway"
      And everyone the app held on all-read
      When on token-replaced the token stops working while the app reads
      Then all that the app held before is still in use

  @T3
  Rule: Retries back off and are bounded

    Scenario: Requests with a token that is refused are not repeated
      Given the district "lists-fail"
      When the days refused and refused-midway pass
      Then no refused request is repeated

  @G10
  Rule: Whether a list goes on is for its `next` link to say

    Scenario: Lists are read to their end although a page is not full
      Given the district "lists-fail"
      When on short-pages Clever answers with faults
      Then the app reads on where a page is not full and not the last

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

    Scenario: A student who is renamed on a day whose sync fails has the new name after the next
      Given the district "lists-fail"
      And the edge case "changes-around-a-failed-sync"
      And on sections-read the app holds Alma Vang as active
      When on sections-fail Alma Vang takes another family name
      And the day students-read passes
      Then Alma Vang has the name Clever gives

    Scenario: A student who is renamed after a sync that failed has the new name
      Given the district "lists-fail"
      And the edge case "changes-around-a-failed-sync"
      And on sections-read the app holds Dina Vang as active
      When on students-read Dina Vang takes another family name
      Then Dina Vang has the name Clever gives

    Scenario: A student who leaves on a day whose sync fails is archived by the next
      Given the district "lists-fail"
      And the edge case "changes-around-a-failed-sync"
      And on sections-read the app holds Birk Vang and Carving as active
      When on sections-fail Birk Vang leaves
      And the day students-read passes
      Then Birk Vang is archived, not lost
      And the students of Carving are those Clever names

    Scenario: A student who leaves after a sync that failed is archived
      Given the district "lists-fail"
      And the edge case "changes-around-a-failed-sync"
      And on sections-read the app holds Egil Vang and Carving as active
      When on students-read Egil Vang leaves
      Then Egil Vang is archived, not lost
      And the students of Carving are those Clever names

    Scenario: A student who joins a class on a day whose sync fails is in it after the next
      Given the district "lists-fail"
      And the edge case "changes-around-a-failed-sync"
      And on students-read the app holds Frid Vang and Etching as active
      When on students-fail Frid Vang takes up Etching
      And the day teachers-read passes
      Then the students of Etching are those Clever names

    Scenario: A student who joins a class after a sync that failed is in it
      Given the district "lists-fail"
      And the edge case "changes-around-a-failed-sync"
      And on students-read the app holds Frid Vang, Ivar Vang and Etching as active
      When on teachers-read Ivar Vang takes up Etching
      Then the students of Etching are those Clever names

  @T7
  Rule: An incomplete sync is reported as incomplete

    Scenario: A sync without one of its lists is not reported as completed
      Given the district "lists-fail"
      When the days schools-fail, terms-fail, courses-fail, sections-fail, students-fail, teachers-fail, contacts-fail, members-fail, refused and refused-midway pass
      Then no failed sync reports that it completed
