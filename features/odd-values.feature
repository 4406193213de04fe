Feature: Every unusual value on every record that can have it

  @R2
  Rule: The app uses all the relevant data Clever shares, whatever its values

    Scenario: Students with odd values are in the app
      Given the district "odd-values"
      And the edge case "odd-values-of-students"
      When on first-share the district shares with the app
      Then the app holds the odd students like anyone else
      And the odd students have the name Clever gives

    Scenario: Employees with odd values are in the app
      Given the district "odd-values"
      And the edge case "odd-values-of-employees"
      When on first-share the district shares with the app
      Then the app holds the odd teachers, the odd staff and the odd administrators like anyone else
      And the odd teachers, the odd staff and the odd administrators have the name Clever gives

    Scenario: Contacts with odd values are in the app
      Given the district "odd-values"
      And the edge case "odd-values-of-contacts"
      When on first-share the district shares with the app
      Then the app holds the odd contacts like anyone else
      And the odd contacts have the name Clever gives

    Scenario: Students with odd values have their addresses
      Given the district "odd-values"
      And the edge case "odd-values-of-students"
      When on first-share the district shares with the app
      Then the odd students have the e-mail address Clever gives

    Scenario: Employees with odd values have their addresses
      Given the district "odd-values"
      And the edge case "odd-values-of-employees"
      When on first-share the district shares with the app
      Then the odd teachers, the odd staff and the odd administrators have the e-mail address Clever gives

    Scenario: Contacts with odd values have their addresses
      Given the district "odd-values"
      And the edge case "odd-values-of-contacts"
      When on first-share the district shares with the app
      Then the odd contacts have the e-mail address Clever gives

    Scenario: Classes, courses and terms with odd values are in the app
      Given the district "odd-values"
      And the edge case "odd-values-of-classes"
      When on first-share the district shares with the app
      Then the app holds the odd classes, the odd courses and the odd terms like any other
      And the odd courses and the odd terms have the name Clever gives

    Scenario: Schools with odd values are in the app
      Given the district "odd-values"
      And the edge case "odd-schools"
      When on first-share the district shares with the app
      Then the app holds the first school and the second school like any other
      And the first school and the second school have the name Clever gives

    Scenario: People who agree with somebody of another district are in the app
      Given the district "odd-values"
      When on first-share the district shares with the app
      Then the app holds every user
      And the app holds every school, term, course and section

    Scenario: A school with one person is in the app, and so is that person
      Given the district "odd-values"
      And the edge case "school-with-one-person"
      When on first-share the district shares with the app
      Then the app holds the new school like any other
      And the app holds Ms Fore like anyone else

    Scenario: People whose child or school is listed twice are in the app
      Given the district "odd-values"
      And the edge case "links-listed-twice"
      When on first-share the district shares with the app
      Then the app holds Kit Aune, Ms Aune and Mr Seil like anyone else

    Scenario: A class that lists somebody twice is in the app
      Given the district "odd-values"
      And the edge case "links-listed-twice"
      When on first-share the district shares with the app
      Then the app holds Knots like any other

  @G6
  Rule: A sync touches only its own district

    Scenario: Nobody is taken for somebody of another district
      Given the whole district
      And everyone the app held on first-share
      When on midyear the district shares with the app
      Then no other district's sync has changed it since first-share

  @G2
  Rule: A user belongs to every school Clever names

    Scenario: The one person of a school belongs to it
      Given the district "odd-values"
      And the edge case "school-with-one-person"
      And on first-share the app holds the new school and Ms Fore as active
      When on first-share the district shares with the app
      Then Ms Fore belongs to the schools Clever names

  @R9
  Rule: Students and teachers are associated as Clever says

    Scenario: A class that lists somebody twice has its people
      Given the district "odd-values"
      And the edge case "links-listed-twice"
      And on first-share the app holds Knots as active
      When on first-share the district shares with the app
      Then the students of Knots are those Clever names
      And the teachers of Knots are those Clever names

  @G4
  Rule: A contact belongs to the students Clever names

    Scenario: A contact whose child is listed twice belongs to all its children
      Given the district "odd-values"
      And the edge case "links-listed-twice"
      And on first-share the app holds Ms Aune, Kit Aune and Liv Aune as active
      When on first-share the district shares with the app
      Then Ms Aune belongs to the students Clever names

  @R7
  Rule: Values that Clever does not guarantee may be absent, null or empty

    Scenario: Students with a missing value are in the app
      Given the district "odd-values"
      And the edge case "missing-values-of-students"
      When on first-share the district shares with the app
      Then the app holds the sparse students like anyone else

    Scenario: Employees with a missing value are in the app
      Given the district "odd-values"
      And the edge case "missing-values-of-employees"
      When on first-share the district shares with the app
      Then the app holds the sparse teachers, the sparse staff and the sparse administrators like anyone else

    Scenario: Contacts with a missing value are in the app
      Given the district "odd-values"
      And the edge case "missing-values-of-contacts"
      When on first-share the district shares with the app
      Then the app holds the sparse contacts like anyone else

    Scenario: Classes, courses and terms with a missing value are in the app
      Given the district "odd-values"
      And the edge case "missing-values-of-classes"
      When on first-share the district shares with the app
      Then the app holds the sparse classes, the sparse courses and the sparse terms like any other

    Scenario: Students whose values go missing are still in the app
      Given the district "odd-values"
      And the edge case "values-go-missing-of-students"
      And on first-share the app holds the fading students as active
      When on quiet values of the fading students go missing
      Then the app holds the fading students like anyone else

    Scenario: Employees and contacts whose values go missing are still in the app
      Given the district "odd-values"
      And the edge case "values-go-missing-of-others"
      And on first-share the app holds the fading teachers, the fading staff, the fading administrators and the fading contacts as active
      When on quiet values of the fading people go missing
      Then the app holds the fading teachers, the fading staff, the fading administrators and the fading contacts like anyone else

    Scenario: Classes, courses and terms whose values go missing are still in the app
      Given the district "odd-values"
      And the edge case "values-go-missing-of-classes"
      And on first-share the app holds the fading classes, the fading courses and the fading terms as active
      When on quiet values of the fading classes go missing
      Then the app holds the fading classes, the fading courses and the fading terms like any other

  @R5
  Rule: Every sync brings the app up to date

    Scenario: Students whose e-mail address goes missing have none
      Given the district "odd-values"
      And the edge case "values-go-missing-of-students"
      And on first-share the app holds the fading students as active
      When on quiet values of the fading students go missing
      Then the fading students have the e-mail address Clever gives

    Scenario: Employees and contacts whose e-mail address goes missing have none
      Given the district "odd-values"
      And the edge case "values-go-missing-of-others"
      And on first-share the app holds the fading teachers, the fading staff, the fading administrators and the fading contacts as active
      When on quiet values of the fading people go missing
      Then the fading teachers, the fading staff, the fading administrators and the fading contacts have the e-mail address Clever gives

    Scenario: Courses and terms whose name goes missing have none
      Given the district "odd-values"
      And the edge case "values-go-missing-of-classes"
      And on first-share the app holds the fading courses and the fading terms as active
      When on quiet values of the fading classes go missing
      Then the fading courses and the fading terms have the name Clever gives
