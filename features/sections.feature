Feature: Classes come, go and change

  @R9
  Rule: Students and teachers are associated as Clever says

    Scenario: A class of fifty has all its students
      Given the edge case "fifty-students-in-a-class"
      And on first-share the app holds Marching Band and Della as active
      When on first-share the district shares with the app
      Then the students of Marching Band are those Clever names

    Scenario: A class of more than a hundred has all its students
      Given the edge case "class-larger-than-a-page"
      And on first-share the app holds Choir and Viola as active
      When on first-share the district shares with the app
      Then the students of Choir are those Clever names

    Scenario: A student who joins a class of more than a hundred is in it
      Given the edge case "class-larger-than-a-page"
      And on midyear the app holds Choir and Tenna as active
      When on departures Tenna joins the choir
      Then the students of Choir are those Clever names

    Scenario: A class without a teacher has its students
      Given the edge case "class-without-a-teacher"
      And on first-share the app holds Study Hall and Pia Lund as active
      When on first-share the district shares with the app
      Then the students of Study Hall are those Clever names

    Scenario: A student is in eight classes
      Given the edge case "student-in-eight-classes"
      And on first-share the app holds Otto, Hour 1 and Hour 8 as active
      When on first-share the district shares with the app
      Then the students of Hour 1 are those Clever names
      And the students of Hour 2 are those Clever names
      And the students of Hour 3 are those Clever names
      And the students of Hour 4 are those Clever names
      And the students of Hour 5 are those Clever names
      And the students of Hour 6 are those Clever names
      And the students of Hour 7 are those Clever names
      And the students of Hour 8 are those Clever names

    Scenario: A reused class has its new people
      Given the edge case "section-reused"
      And on first-share the app has Poul in Room 7
      When on returns Room 7 becomes a class in pottery
      Then the students of Room 7 are those Clever names
      And the teachers of Room 7 are those Clever names

    Scenario: A class that comes back has its student again
      Given the edge case "last-student-leaves-a-class"
      And on midyear the app has Zara in Flute
      When on departures Zara gives up the flute
      And on returns Zara takes up the flute again
      Then the students of Flute are those Clever names

  @R5
  Rule: Every sync brings the app up to date

    Scenario: A reused class has its new course
      Given the edge case "section-reused"
      And on first-share the app holds Room 7, Sketching and Pottery as active
      When on returns Room 7 becomes a class in pottery
      Then the app holds Room 7 as active
      And Room 7 has the school, course and term Clever names

    Scenario: A class that moves to another school is shown there
      Given the edge case "section-changes-school"
      And on first-share the app holds Robotics as active
      When on midyear Robotics moves to the other campus
      Then the app holds Robotics as active
      And Robotics has the school, course and term Clever names

    Scenario: A class of which nothing but the school changes is shown there
      Given the edge case "section-changes-school"
      And on midyear the app holds Go as active
      When on departures Go moves to the other campus, and nothing else of it changes
      Then Go has the school, course and term Clever names

    Scenario: A class that gets another course under the same name belongs to it
      Given the edge case "course-taken-off"
      And on midyear the app holds Printing and Drawing as active
      When on departures Printing belongs to Graphics from now on, under the same name
      Then Printing has the school, course and term Clever names

    Scenario: A class that is taken off its course has no course
      Given the edge case "course-taken-off"
      And on midyear the app holds Open Studio and Drawing as active
      When on midyear Open Studio is taken off Drawing
      Then Open Studio has the school, course and term Clever names

  @R1
  Rule: The Clever ID is the key of every record

    Scenario: A renamed class is the same class
      Given the edge case "section-renamed"
      And on first-share the app holds Ballet as active
      When on returns Ballet is held in another period
      Then the app holds Ballet as active
      And Ballet is held once

    Scenario: Two classes with the same name stay separate
      Given the edge case "two-classes-of-one-name"
      When on first-share the district shares with the app
      Then Yoga and the other Yoga are separate records
      And the students of Yoga are those Clever names
      And the students of the other Yoga are those Clever names

    Scenario: A reused class is held once
      Given the edge case "section-reused"
      And on first-share the app holds Room 7 as active
      When on returns Room 7 becomes a class in pottery
      Then Room 7 is held once

  @R6
  Rule: Records that disappear are archived and can be restored

    Scenario: A class without a student is archived
      Given the edge case "last-student-leaves-a-class"
      And on midyear the app holds Flute and Zara as active
      When on departures Zara gives up the flute
      Then Flute is archived, not lost
      And the app holds Zara as active

    Scenario: A class with a student again is active again
      Given the edge case "last-student-leaves-a-class"
      And on midyear the app holds Flute as active
      When on departures Zara gives up the flute
      And on returns Zara takes up the flute again
      Then Flute is active again

  @R8
  Rule: Student work belongs to the student, not to the section

    Scenario: Work done in a reused class stays the student's
      Given the edge case "section-reused"
      And on first-share the app has Poul in Room 7
      And on first-share Poul finishes a lesson
      When on returns Room 7 becomes a class in pottery
      Then Poul still has the lesson of first-share
