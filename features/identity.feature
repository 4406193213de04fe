Feature: Who is who

  @R1
  Rule: The Clever ID is the key of every record

    Scenario: A student with a new e-mail address keeps the account
      Given the edge case "email-changes"
      And on first-share the app holds Ruth as active
      And on first-share Ruth finishes a lesson
      When on midyear Ruth gets a new e-mail address
      Then the app holds Ruth as active
      And Ruth is held once
      And Ruth has the same account as on first-share

    Scenario: A teacher with a new e-mail address is held once
      Given the edge case "email-changes"
      And on first-share the app holds Ms Vogel as active
      When on midyear Ms Vogel gets a new e-mail address
      Then the app holds Ms Vogel as active
      And Ms Vogel is held once

    Scenario: Two students with the same name stay separate
      Given the edge case "same-name"
      When on first-share the district shares with the app
      Then Anna and the other Anna are separate accounts

    Scenario: Three people with the same number stay separate
      Given the edge case "equal-numbers"
      When on first-share the district shares with the app
      Then Sam Teal, Mr Dunbar and Ms Ekman are separate accounts

    Scenario: Numbers that differ only in leading zeros stay separate
      Given the edge case "leading-zeros"
      When on first-share the district shares with the app
      Then Ola Berg and Tor Dahl are separate accounts

    Scenario: A student and a teacher with the same address stay separate
      Given the edge case "student-has-a-teachers-address"
      When on first-share the district shares with the app
      Then Nils Roth and Ms Roth are separate accounts

    Scenario: A merged employee becomes two users
      Given the edge case "merged-employee-splits"
      And on first-share the app holds Ms Hauge as active
      When on midyear Dean Hauge gets an address of her own
      Then Ms Hauge and Dean Hauge are separate accounts

    Scenario: A user who loses the first role is held once
      Given the edge case "first-role-goes"
      And on first-share the app holds Ms Vik as active
      When on midyear Ms Vik gives up teaching
      Then Ms Vik is held once

    Scenario: A student whom Clever recreates keeps the account
      Given the edge case "created-anew"
      And on first-share the app holds Siri Aas as active
      And on first-share Siri Aas finishes a lesson
      When on midyear Clever creates Siri Aas anew
      Then Siri Aas is held once
      And Siri Aas has the same account as on first-share

    Scenario: Two students with the same name and birthday stay separate
      Given the edge case "same-name-and-birthday"
      When on first-share the district shares with the app
      Then Jon Berg and the other Jon Berg are separate accounts

    Scenario: Two contacts with the same name stay separate
      Given the edge case "contacts-of-one-name"
      When on first-share the district shares with the app
      Then Alba's mother and Nico's mother are separate accounts

    Scenario: Two contacts with the same name and address stay separate
      Given the edge case "contacts-of-one-name"
      When on first-share the district shares with the app
      Then Alba's grandma and Nico's grandma are separate accounts

    Scenario: Students who swap addresses keep their accounts
      Given the edge case "swapped-addresses"
      And on first-share the app holds Ada Kvam and Bea Kvam as active
      And on first-share Ada Kvam finishes a lesson
      When on midyear Ada Kvam and Bea Kvam swap addresses
      Then Ada Kvam and Bea Kvam are held once
      And Ada Kvam has the same account as on first-share

    Scenario: A student whose number is corrected keeps the account
      Given the edge case "numbers-change"
      And on first-share the app holds Rolf Egge as active
      And on first-share Rolf Egge finishes a lesson
      When on midyear the numbers of Rolf Egge are corrected
      Then the app holds Rolf Egge as active
      And Rolf Egge is held once
      And Rolf Egge has the same account as on first-share

    Scenario: Students who swap numbers keep their accounts
      Given the edge case "numbers-change"
      And on first-share the app holds Siv Moe and Tyra Moe as active
      And on first-share Siv Moe finishes a lesson
      And on first-share Tyra Moe finishes a lesson
      When on midyear Siv Moe and Tyra Moe swap numbers
      Then Siv Moe and Tyra Moe are held once
      And Siv Moe has the same account as on first-share
      And Tyra Moe has the same account as on first-share

    Scenario: A student whose number comes later keeps the account
      Given the edge case "numbers-change"
      And on first-share the app holds Vidar Lund as active
      And on first-share Vidar Lund finishes a lesson
      When on midyear Vidar Lund gets numbers
      Then Vidar Lund is held once
      And Vidar Lund has the same account as on first-share

    Scenario: A teacher whose number is corrected is held once
      Given the edge case "numbers-change"
      And on first-share the app holds Mr Wik as active
      When on midyear the numbers of Mr Wik are corrected
      Then the app holds Mr Wik as active
      And Mr Wik is held once

  @R5
  Rule: Every sync brings the app up to date

    Scenario: New e-mail addresses reach the app
      Given the edge case "email-changes"
      And on first-share the app holds Ruth and Ms Vogel as active
      When on midyear Ruth gets a new e-mail address
      And on midyear Ms Vogel gets a new e-mail address
      Then Ruth and Ms Vogel have the e-mail address Clever gives

    Scenario: New names reach the app
      Given the edge case "name-changes"
      And on first-share the app holds Nora and Ms Silva as active
      When on midyear Nora is called Eleanor
      And on midyear Ms Silva marries
      Then Nora and Ms Silva have the name Clever gives

    Scenario: Names that are corrected in capitals alone reach the app
      Given the edge case "capitals-corrected"
      And on midyear the app holds Flynn and Mx de Wit as active
      When on departures Flynn's name is spelled McDonald
      And on departures the name of Mx de Wit is spelled De Wit
      Then Flynn and Mx de Wit have the name Clever gives

    Scenario: A student with a new SIS number has an account
      Given the edge case "sis-id-changes"
      And on first-share the app holds Ida Nord as active
      When on midyear Ida Nord gets another number
      Then the app holds Ida Nord as active

    Scenario: A teacher with a new SIS number has an account
      Given the edge case "teacher-number-changes"
      And on first-share the app holds Mr Tveit as active
      When on midyear Mr Tveit gets another number
      Then the app holds Mr Tveit as active

    Scenario: A student who comes back with a new SIS number has an account
      Given the edge case "returns-with-another-number"
      And on midyear the app holds Uma Rask as active
      When on departures Uma Rask leaves
      And on returns Uma Rask comes back with another number
      Then the app holds Uma Rask as active

    Scenario: Two employees who become one user have an account
      Given the edge case "employees-merge"
      And on first-share the app holds Mr Lunde and Coach Lunde as active
      When on midyear Coach Lunde gets the address of Mr Lunde
      Then the app holds Mr Lunde as active

    Scenario: A new student with a reused address has an account
      Given the edge case "address-used-again"
      And on midyear the app holds Tom Lien as active
      When on departures Tom Lien leaves
      And on returns Tim Lien comes with the address of Tom Lien
      Then the app holds Tim Lien as active

    Scenario: A merged employee who becomes two users has an account
      Given the edge case "merged-employee-splits"
      And on first-share the app holds Ms Hauge as active
      When on midyear Dean Hauge gets an address of her own
      Then the app holds Ms Hauge as active

    Scenario: Swapped e-mail addresses reach the app
      Given the edge case "swapped-addresses"
      And on first-share the app holds Ada Kvam and Bea Kvam as active
      When on midyear Ada Kvam and Bea Kvam swap addresses
      Then Ada Kvam and Bea Kvam have the e-mail address Clever gives

  @R6
  Rule: Records that disappear are archived and can be restored

    Scenario: A student with a new Clever ID is archived under the old one
      Given the edge case "sis-id-changes"
      And on first-share the app holds Ida Nord as active
      And on first-share Ida Nord finishes a lesson
      When on midyear Ida Nord gets another number
      Then the former Ida Nord of first-share is archived, not lost

    Scenario: A teacher with a new Clever ID is archived under the old one
      Given the edge case "teacher-number-changes"
      And on first-share the app holds Mr Tveit and Weaving as active
      When on midyear Mr Tveit gets another number
      Then the former Mr Tveit of first-share is archived, not lost
      And the app holds Weaving as active

    Scenario: A student who comes back with a new SIS number stays archived under the old Clever ID
      Given the edge case "returns-with-another-number"
      And on midyear the app holds Uma Rask as active
      And on midyear Uma Rask finishes a lesson
      When on departures Uma Rask leaves
      And on returns Uma Rask comes back with another number
      Then the former Uma Rask of midyear is archived, not lost

    Scenario: A merged employee who becomes two users is archived
      Given the edge case "merged-employee-splits"
      And on first-share the app holds Ms Hauge as active
      When on midyear Dean Hauge gets an address of her own
      Then the former Ms Hauge of first-share is archived, not lost

    Scenario: Two employees who become one user are archived
      Given the edge case "employees-merge"
      And on first-share the app holds Mr Lunde, Coach Lunde and Navigation as active
      When on midyear Coach Lunde gets the address of Mr Lunde
      Then the former Mr Lunde and Coach Lunde of first-share are archived, not lost
      And the app holds Navigation as active

    Scenario: A student whose address was given away is active again
      Given the edge case "address-given-away"
      And on first-share the app holds Kai Berg as active
      When on midyear Kai Berg leaves
      And on departures Kim Berg comes with the address of Kai Berg
      And on returns Kai Berg comes back
      Then Kai Berg is active again

    Scenario: A student who comes back recreated is active again
      Given the edge case "created-anew"
      And on midyear the app holds Emil Dokk as active
      And on midyear Emil Dokk finishes a lesson
      When on departures Emil Dokk leaves
      And on returns Emil Dokk comes back created anew
      Then Emil Dokk is active again
      And Emil Dokk has the same account as on midyear

    Scenario: A student whose address is reused stays archived
      Given the edge case "address-used-again"
      And on midyear the app holds Tom Lien as active
      When on departures Tom Lien leaves
      And on returns Tim Lien comes with the address of Tom Lien
      Then the former Tom Lien of midyear is archived, not lost

  @R8
  Rule: Student work belongs to the student, not to the section

    Scenario: Work survives a new SIS number
      Given the edge case "sis-id-changes"
      And on first-share the app holds Ida Nord as active
      And on first-share Ida Nord finishes a lesson
      When on midyear Ida Nord gets another number
      Then Ida Nord still has the lesson of first-share

    Scenario: Work stays with students who swap addresses
      Given the edge case "swapped-addresses"
      And on first-share the app holds Ada Kvam and Bea Kvam as active
      And on first-share Ada Kvam and Bea Kvam finish a lesson
      When on midyear Ada Kvam and Bea Kvam swap addresses
      Then Ada Kvam and Bea Kvam still have the lesson of first-share

    Scenario: Work stays with a student who left when the address is used again
      Given the edge case "address-used-again"
      And on midyear the app holds Tom Lien as active
      And on midyear Tom Lien finishes a lesson
      When on departures Tom Lien leaves
      And on returns Tim Lien comes with the address of Tom Lien
      Then Tom Lien still has the lesson of midyear

    Scenario: Work stays apart when a student returns whose address was given away
      Given the edge case "address-given-away"
      And on first-share the app holds Kai Berg as active
      And on departures the app holds Kim Berg as active
      And on first-share Kai Berg finishes a lesson
      And on departures Kim Berg finishes a lesson
      When on midyear Kai Berg leaves
      And on departures Kim Berg comes with the address of Kai Berg
      And on returns Kai Berg comes back
      Then Kai Berg still has the lesson of first-share
      And Kim Berg still has the lesson of departures

    Scenario: Work of students with the same username stays apart
      Given the edge case "equal-usernames"
      And on first-share the app holds Joy Sand and Jan Sand as active
      And on first-share Joy Sand and Jan Sand finish a lesson
      When the day midyear passes
      Then Joy Sand and Jan Sand still have the lesson of first-share

  @R9
  Rule: Students and teachers are associated as Clever says

    Scenario: A teacher with a new SIS number keeps the class
      Given the edge case "teacher-number-changes"
      And on first-share the app has Mr Tveit teaching Weaving
      When on midyear Mr Tveit gets another number
      Then the teachers of Weaving are those Clever names

    Scenario: A merged employee keeps the class
      Given the edge case "employees-merge"
      And on first-share the app has Mr Lunde teaching Navigation
      When on midyear Coach Lunde gets the address of Mr Lunde
      Then the teachers of Navigation are those Clever names

  @R2
  Rule: The app uses all the relevant data Clever shares

    Scenario: People with very short and very long numbers are in the app
      Given the edge case "short-and-long-numbers"
      When on first-share the district shares with the app
      Then the app holds Lina Moss, Olaf Bye and Eve Lark like anyone else

    Scenario: People whose numbers have letters are in the app
      Given the edge case "letters-in-numbers"
      When on first-share the district shares with the app
      Then the app holds Hedda Lie and Carl Moe like anyone else

    Scenario: Two students with the same username are in the app
      Given the edge case "equal-usernames"
      When on first-share the district shares with the app
      Then the app holds Joy Sand and Jan Sand like anyone else

    Scenario: Two employees with the same username are in the app
      Given the edge case "equal-usernames"
      When on first-share the district shares with the app
      Then the app holds Ms Moen and Mr Moen like anyone else

  @G4
  Rule: A contact belongs to the students Clever names

    Scenario: Contacts with the same name belong to their own child
      Given the edge case "contacts-of-one-name"
      And on first-share the app holds Alba's mother and Nico's mother as active
      And on first-share the app holds Alba's grandma and Nico's grandma as active
      When on first-share the district shares with the app
      Then Alba's mother and Nico's mother belong to the students Clever names
      And Alba's grandma and Nico's grandma belong to the students Clever names
