Feature: People and classes come, go and change places

  @R2
  Rule: The app uses all the relevant data Clever shares

    Scenario: A district is in the app before its people come and go
      Given the district "comings-and-goings"
      When on first-share the district shares with the app
      Then the app holds every school, term, course and section
      And the app holds every user

  @R6
  Rule: Records that disappear are archived and can be restored, however often

    Scenario: Whoever leaves a second time is archived
      Given the district "comings-and-goings"
      And the edge case "returns-twice"
      And on departures the app holds Nele, Mr Tiedt, Ms Wahl, Runa's aunt and Fresco as active
      When on midyear the five leave
      And on departures the five come back
      And on returns the five leave again
      Then Nele, Mr Tiedt, Ms Wahl, Runa's aunt and Fresco are archived, not lost

    Scenario: Whoever returns a second time is active again
      Given the district "comings-and-goings"
      And the edge case "returns-twice"
      And on departures the app holds Nele, Mr Tiedt, Ms Wahl, Runa's aunt and Fresco as active
      And on departures Nele finishes a lesson
      When on returns the five leave again
      And on recovery the five come back again
      Then Nele, Mr Tiedt, Ms Wahl, Runa's aunt and Fresco are active again
      And Nele has the same account as on departures

    Scenario: A student whose username was given away is active again
      Given the district "comings-and-goings"
      And the edge case "username-given-away"
      And on first-share the app holds Kai Lund as active
      When on departures Kai Lund leaves
      And on returns Kim Lund comes with the username of Kai Lund
      And on recovery Kai Lund comes back
      Then Kai Lund is active again
      And the app holds Kim Lund as active

    Scenario: A class whose term ends early stays active
      Given the district "comings-and-goings"
      And the edge case "term-ends-early"
      And on first-share the app holds Bird Watch as active
      When on midyear Spring Block ends early
      Then the app holds Bird Watch as active

    Scenario: A class that is removed after its term is archived
      Given the district "comings-and-goings"
      And the edge case "classes-of-past-terms-change"
      And on midyear the app holds Chisel as active
      When on departures Chisel is removed after its term
      Then Chisel is archived, not lost

    Scenario: Whoever left in spring is active again at rollover
      Given the district "comings-and-goings"
      And the edge case "returns-at-rollover"
      And on departures the app holds Inka, Mr Verse, Ms Desk and Jesper's uncle as active
      And on departures Inka finishes a lesson
      When on returns Inka, Mr Verse, Ms Desk and Jesper's uncle leave in spring
      And on rollover Inka, Mr Verse, Ms Desk and Jesper's uncle are back
      Then Inka, Mr Verse, Ms Desk and Jesper's uncle are active again
      And Inka has the same account as on departures

    Scenario: People whose numbers, usernames and addresses were given away are active again
      Given the district "comings-and-goings"
      And the edge case "numbers-used-again"
      And on midyear the app holds Nils Ravn, Odd Bakk, Ms Skar, Mr Dam and Hans's stepfather as active
      And on returns the app holds Nina Aune, Oda Lien, Mr Skog, Ms Dal and Hans's aunt as active
      When on departures Nils Ravn, Odd Bakk, Ms Skar, Mr Dam and Hans's stepfather leave
      And on recovery the leavers come back to their own accounts
      Then Nils Ravn, Odd Bakk, Ms Skar, Mr Dam and Hans's stepfather are active again
      And the app holds Nina Aune, Oda Lien, Mr Skog, Ms Dal and Hans's aunt as active

    Scenario: A class whose term ends by the calendar stays active
      Given the district "comings-and-goings"
      And the edge case "classes-of-past-terms-change"
      And on first-share the app holds Lathe and Chisel as active
      When the day midyear passes
      Then the app holds Lathe and Chisel as active

    Scenario: A former student who was a teacher in between is active again
      Given the district "comings-and-goings"
      And the edge case "student-becomes-teacher"
      And on first-share the app holds Freja Dahl as active
      And on returns the app holds Ms Dahl as active
      And on first-share Freja Dahl finishes a lesson
      When on departures Freja Dahl leaves school
      And on returns Ms Dahl comes to teach Sailing
      And on recovery Ms Dahl leaves, and Freja Dahl is at school again
      Then Freja Dahl is active again
      And Freja Dahl has the same account as on first-share
      And Ms Dahl is archived, not lost

    Scenario: People and a class that came during the year are archived when they leave
      Given the district "comings-and-goings"
      And the edge case "newcomers-change"
      And on departures the app holds Rikke, Ms Hale, Mr Nord, Dr Sund and Asta's gran as active
      And on departures the app holds Marbling, Paper Arts and Short Term as active
      When on midyear the newcomers arrive
      And on returns the newcomers leave
      Then Rikke, Ms Hale, Mr Nord, Dr Sund and Asta's gran are archived, not lost
      And Marbling, Paper Arts and Short Term are archived, not lost

    Scenario: People and a class that came during the year, left and are back are active again
      Given the district "comings-and-goings"
      And the edge case "newcomers-change"
      And on departures the app holds Rikke, Ms Hale, Mr Nord, Dr Sund and Asta's gran as active
      And on departures the app holds Marbling, Paper Arts and Short Term as active
      And on departures Rikke finishes a lesson
      When on midyear the newcomers arrive
      And on departures the newcomers change
      And on returns the newcomers leave
      And on recovery the newcomers come back changed
      Then Rikke, Ms Hale, Mr Nord, Dr Sund and Asta's gran are active again
      And Marbling, Paper Arts and Short Term are active again
      And Rikke has the same account as on departures

    Scenario: A school that opened during the year and closes is archived with its people
      Given the district "comings-and-goings"
      And the edge case "school-opens"
      And on departures the app holds the new school, Sunrise, Dawn Berg, Dawn's mother, Ms Early and Mr Gate as active
      When on midyear the new school opens
      And on returns the new school closes
      Then the new school, Sunrise, Dawn Berg, Dawn's mother, Ms Early and Mr Gate are archived, not lost

    Scenario: A school that opens again is active again with its people
      Given the district "comings-and-goings"
      And the edge case "school-opens"
      And on departures the app holds the new school, Sunrise, Dawn Berg, Dawn's mother, Ms Early and Mr Gate as active
      When on midyear the new school opens
      And on returns the new school closes
      And on recovery the new school opens again under another name
      Then the new school, Sunrise, Dawn Berg, Dawn's mother, Ms Early and Mr Gate are active again

  @R1
  Rule: The Clever ID is the key of every record

    Scenario: A class that was manually renamed is held once
      Given the district "comings-and-goings"
      And the edge case "class-renamed-by-hand"
      And on midyear the app holds Netting as active
      When on midyear Ms Tarn manually renames Netting
      And on departures Gerd joins Netting
      Then Netting is held once

    Scenario: Staff and contacts with new e-mail addresses are held once
      Given the district "comings-and-goings"
      And the edge case "values-change-one-by-one"
      And on departures the app holds Mr Guard and Ylva's mum as active
      When on returns Mr Guard and Ylva's mum get new e-mail addresses
      Then Mr Guard and Ylva's mum are held once

    Scenario: People who come back with other e-mail addresses are held once
      Given the district "comings-and-goings"
      And the edge case "newcomers-change"
      And on departures the app holds Rikke, Ms Hale, Mr Nord, Dr Sund and Asta's gran as active
      When on midyear the newcomers arrive
      And on departures the newcomers change
      And on returns the newcomers leave
      And on recovery the newcomers come back changed
      Then Rikke, Ms Hale, Mr Nord, Dr Sund and Asta's gran are held once

    Scenario: Newcomers with the number, username or address of others are people of their own
      Given the district "comings-and-goings"
      And the edge case "numbers-passed-on"
      And on midyear the app holds Tora Lie, Jens Eik, Liv Hegg, Per Selje and Mr Yarn as active
      When on midyear the five lose their numbers, usernames and mailboxes
      And on departures newcomers have what the five lost
      Then Tora Lie, Tuva Bo, Jens Eik, Ivar Ask, Liv Hegg and Una Rogn are separate accounts
      And Per Selje, Pia Lind, Mr Yarn and Ms Knit are separate accounts

  @R5
  Rule: Every sync brings the app up to date

    Scenario: A class that changed while it was cancelled has its new course and term
      Given the district "comings-and-goings"
      And the edge case "changed-while-away"
      And on first-share the app holds Batik, Colours and Second Half as active
      When on midyear Batik and the aunt leave
      And on returns Batik comes back with other people, in another term
      Then Batik has the school, course and term Clever names

    Scenario: A former student who comes back as a teacher has an account
      Given the district "comings-and-goings"
      And the edge case "student-becomes-teacher"
      And on first-share the app holds Freja Dahl as active
      When on departures Freja Dahl leaves school
      And on returns Ms Dahl comes to teach Sailing
      Then the app holds Ms Dahl as active

    Scenario: A school that opens during the year is in the app
      Given the district "comings-and-goings"
      And the edge case "school-opens"
      When on midyear the new school opens
      Then the app holds the new school and Sunrise as active
      And the app holds Dawn Berg, Dawn's mother, Ms Early and Mr Gate as active

    Scenario: An administrator who is new to the district is in the app
      Given the district "comings-and-goings"
      And the edge case "school-opens"
      When on returns Dr Charter begins
      Then the app holds Dr Charter as active

    Scenario: A class in another term has that term
      Given the district "comings-and-goings"
      And the edge case "class-changes-term"
      And on first-share the app holds Weaving, First Half and Second Half as active
      When on midyear Weaving moves to the second half
      Then Weaving has the school, course and term Clever names

    Scenario: A class that moves to another school has that school and a term of it
      Given the district "comings-and-goings"
      And the edge case "class-changes-term"
      And on first-share the app holds Lace and Whole Year as active
      When on departures Lace moves to the other school
      Then Lace has the school, course and term Clever names

    Scenario: A class that keeps its Clever ID at rollover and moves to another school is there
      Given the district "comings-and-goings"
      And the edge case "class-changes-term"
      And on returns the app holds Study Hall as active
      When on rollover Study Hall moves to the other school
      Then Study Hall has the school, course and term Clever names

    Scenario: Staff and contacts with new e-mail addresses have those
      Given the district "comings-and-goings"
      And the edge case "values-change-one-by-one"
      And on departures the app holds Mr Guard and Ylva's mum as active
      When on returns Mr Guard and Ylva's mum get new e-mail addresses
      Then Mr Guard and Ylva's mum have the e-mail address Clever gives

    Scenario: People with another family name have that
      Given the district "comings-and-goings"
      And the edge case "values-change-one-by-one"
      And on midyear the app holds Ylva and Mr Guard as active
      When on departures Ylva and Mr Guard get another family name
      Then Ylva and Mr Guard have the name Clever gives

    Scenario: An administrator of the district and a contact with another name have that
      Given the district "comings-and-goings"
      And the edge case "values-change-one-by-one"
      And on midyear the app holds Dr Helm and Ylva's mum as active
      When on departures Dr Helm and Ylva's mum get another name
      Then Dr Helm and Ylva's mum have the name Clever gives

    Scenario: An administrator of the district with a new e-mail address has that
      Given the district "comings-and-goings"
      And the edge case "values-change-one-by-one"
      And on departures the app holds Dr Helm as active
      When on returns Dr Helm gets a new e-mail address
      Then Dr Helm has the e-mail address Clever gives

    Scenario: People whose mailboxes are closed have no e-mail address any more
      Given the district "comings-and-goings"
      And the edge case "values-taken-away"
      And on first-share the app holds Mr Clay, Mr Kiln and Jonna's dad as active
      When on midyear the mailboxes of Mr Clay, Mr Kiln and Jonna's dad are closed
      Then Mr Clay, Mr Kiln and Jonna's dad have the e-mail address Clever gives

    Scenario: People who get another mailbox have its e-mail address
      Given the district "comings-and-goings"
      And the edge case "values-taken-away"
      And on departures the app holds Mr Clay, Mr Kiln and Jonna's dad as active
      When on midyear the mailboxes of Mr Clay, Mr Kiln and Jonna's dad are closed
      And on returns Mr Clay, Mr Kiln and Jonna's dad get new mailboxes
      Then Mr Clay, Mr Kiln and Jonna's dad have the e-mail address Clever gives

    Scenario: A class whose term ends early has the term Clever names
      Given the district "comings-and-goings"
      And the edge case "term-ends-early"
      And on first-share the app holds Bird Watch as active
      When on midyear Spring Block ends early
      Then Bird Watch has the school, course and term Clever names

    Scenario: A class that changes after its term has the course and term Clever names
      Given the district "comings-and-goings"
      And the edge case "classes-of-past-terms-change"
      And on midyear the app holds Lathe and Furniture as active
      When on departures Lathe is corrected after its term
      Then Lathe has the school, course and term Clever names

    Scenario: A class that changes before its term has the course and term Clever names
      Given the district "comings-and-goings"
      And the edge case "class-filled-before-its-term"
      And on midyear the app holds Marquetry and Inlays as active
      When on departures Marquetry is filled before its term
      Then Marquetry has the school, course and term Clever names

    Scenario: A class that goes on after its term is over has the next term
      Given the district "comings-and-goings"
      And the edge case "classes-of-past-terms-change"
      And on departures the app holds Lathe and Winter Block as active
      When on returns Lathe goes on in the next term
      Then Lathe has the school, course and term Clever names

    Scenario: Newcomers with the number, username or address of somebody who left have accounts
      Given the district "comings-and-goings"
      And the edge case "numbers-used-again"
      And on midyear the app holds Nils Ravn, Odd Bakk, Ms Skar, Mr Dam and Hans's stepfather as active
      When on departures Nils Ravn, Odd Bakk, Ms Skar, Mr Dam and Hans's stepfather leave
      And on returns others come with their numbers, usernames and addresses
      Then the app holds Nina Aune, Oda Lien, Mr Skog, Ms Dal and Hans's aunt as active

    Scenario: People and a class that came during the year and change have the new values
      Given the district "comings-and-goings"
      And the edge case "newcomers-change"
      And on midyear the app holds Rikke, Ms Hale, Mr Nord, Dr Sund, Asta's gran and Marbling as active
      When on midyear the newcomers arrive
      And on departures the newcomers change
      Then Rikke, Ms Hale, Mr Nord, Dr Sund and Asta's gran have the name Clever gives
      And Marbling has the school, course and term Clever names

    Scenario: People and a class that came during the year and come back changed have the new values
      Given the district "comings-and-goings"
      And the edge case "newcomers-change"
      And on departures the app holds Rikke, Ms Hale, Mr Nord, Dr Sund, Asta's gran and Marbling as active
      When on midyear the newcomers arrive
      And on departures the newcomers change
      And on returns the newcomers leave
      And on recovery the newcomers come back changed
      Then Rikke, Ms Hale, Mr Nord, Dr Sund and Asta's gran have the name Clever gives
      And Rikke, Ms Hale, Mr Nord, Dr Sund and Asta's gran have the e-mail address Clever gives
      And Marbling has the school, course and term Clever names

    Scenario: People who have their first names and addresses again have those
      Given the district "comings-and-goings"
      And the edge case "newcomers-change"
      And on rollover the app holds Rikke, Ms Hale, Mr Nord, Dr Sund and Asta's gran as active
      When on midyear the newcomers arrive
      And on departures the newcomers change
      And on returns the newcomers leave
      And on recovery the newcomers come back changed
      And on quiet the newcomers have their first names and addresses again
      Then Rikke, Ms Hale, Mr Nord, Dr Sund and Asta's gran have the name Clever gives
      And Rikke, Ms Hale, Mr Nord, Dr Sund and Asta's gran have the e-mail address Clever gives

    Scenario: A school that opened during the year and gets another name has that
      Given the district "comings-and-goings"
      And the edge case "school-opens"
      And on midyear the app holds the new school as active
      When on midyear the new school opens
      And on departures the new school gets another name
      Then the new school has the name Clever gives

    Scenario: A school that gets its former name again has that
      Given the district "comings-and-goings"
      And the edge case "school-opens"
      And on rollover the app holds the new school as active
      When on midyear the new school opens
      And on departures the new school gets another name
      And on returns the new school closes
      And on recovery the new school opens again under another name
      And on quiet the new school gets its former name
      Then the new school has the name Clever gives

    Scenario: Names and addresses that change back are those of before
      Given the district "comings-and-goings"
      And the edge case "values-go-back"
      And on midyear the app holds Sunniva, Ms Ark, Mr Post, Dr Brev and Sunniva's mum as active
      When on midyear the names and addresses change
      And on returns the names and addresses change back
      Then Sunniva, Ms Ark, Mr Post, Dr Brev and Sunniva's mum have the name Clever gives
      And Sunniva, Ms Ark, Mr Post, Dr Brev and Sunniva's mum have the e-mail address Clever gives

    Scenario: Names and addresses that change once more are the later ones again
      Given the district "comings-and-goings"
      And the edge case "values-go-back"
      And on recovery the app holds Sunniva, Ms Ark, Mr Post, Dr Brev and Sunniva's mum as active
      When on midyear the names and addresses change
      And on returns the names and addresses change back
      And on rollover the names and addresses change once more
      Then Sunniva, Ms Ark, Mr Post, Dr Brev and Sunniva's mum have the name Clever gives
      And Sunniva, Ms Ark, Mr Post, Dr Brev and Sunniva's mum have the e-mail address Clever gives

    Scenario: Classes that change back have the school, course and term of before
      Given the district "comings-and-goings"
      And the edge case "places-go-back"
      And on midyear the app holds Letterpress and Sealing as active
      When on midyear people and classes change places
      And on returns people and classes go back
      Then Letterpress has the school, course and term Clever names
      And Sealing has the school, course and term Clever names

  @R7
  Rule: Values that Clever does not guarantee may go and come back

    Scenario: People whose number, username or address is taken away stay
      Given the district "comings-and-goings"
      And the edge case "numbers-passed-on"
      And on first-share the app holds Tora Lie, Jens Eik, Liv Hegg, Per Selje and Mr Yarn as active
      When on midyear the five lose their numbers, usernames and mailboxes
      Then the app holds Tora Lie, Jens Eik, Liv Hegg, Per Selje and Mr Yarn as active
      And Tora Lie, Jens Eik, Liv Hegg, Per Selje and Mr Yarn are held once

  @R8
  Rule: Student work belongs to the student, not to the section

    Scenario: A student whose name and contacts change keeps the lesson
      Given the district "comings-and-goings"
      And the edge case "values-change-one-by-one"
      And on first-share Ylva finishes a lesson
      When on midyear Leif's uncle looks after Ylva, too
      And on departures Ylva and Mr Guard get another family name
      And on recovery Leif's uncle looks after Leif alone
      Then Ylva still has the lesson of first-share

    Scenario: Work stays apart when a student returns whose username was given away
      Given the district "comings-and-goings"
      And the edge case "username-given-away"
      And on first-share the app holds Kai Lund as active
      And on returns the app holds Kim Lund as active
      And on first-share Kai Lund finishes a lesson
      And on returns Kim Lund finishes a lesson
      When on departures Kai Lund leaves
      And on returns Kim Lund comes with the username of Kai Lund
      And on recovery Kai Lund comes back
      Then Kai Lund still has the lesson of first-share
      And Kim Lund still has the lesson of returns

    Scenario: Work stays apart when students return whose numbers were given away
      Given the district "comings-and-goings"
      And the edge case "numbers-used-again"
      And on midyear the app holds Nils Ravn and Odd Bakk as active
      And on returns the app holds Nina Aune and Oda Lien as active
      And on midyear Nils Ravn and Odd Bakk finish a lesson
      And on returns Nina Aune and Oda Lien finish a lesson
      When on departures Nils Ravn, Odd Bakk, Ms Skar, Mr Dam and Hans's stepfather leave
      And on returns others come with their numbers, usernames and addresses
      And on recovery the leavers come back to their own accounts
      Then Nils Ravn and Odd Bakk still have the lesson of midyear
      And Nina Aune and Oda Lien still have the lesson of returns

    Scenario: Work stays with students whose number, username or address goes to newcomers
      Given the district "comings-and-goings"
      And the edge case "numbers-passed-on"
      And on first-share the app holds Tora Lie, Jens Eik, Liv Hegg and Per Selje as active
      And on first-share Tora Lie, Jens Eik, Liv Hegg and Per Selje finish a lesson
      When on midyear the five lose their numbers, usernames and mailboxes
      And on departures newcomers have what the five lost
      And on returns the five get others
      Then Tora Lie, Jens Eik, Liv Hegg and Per Selje still have the lesson of first-share

  @R9
  Rule: Students and teachers are associated as Clever says

    Scenario: A class that changed while it was cancelled has its new people
      Given the district "comings-and-goings"
      And the edge case "changed-while-away"
      And on first-share the app holds Batik, Ole, Pia, Mr Rode and Ms Fell as active
      When on midyear Batik and the aunt leave
      And on returns Batik comes back with other people, in another term
      Then the students of Batik are those Clever names
      And the teachers of Batik are those Clever names

    Scenario: A class that changes after its term has its new people
      Given the district "comings-and-goings"
      And the edge case "classes-of-past-terms-change"
      And on midyear the app has Gro in Lathe
      And on midyear the app holds Egil and Mr Awl as active
      When on departures Lathe is corrected after its term
      Then the students of Lathe are those Clever names
      And the teachers of Lathe are those Clever names

    Scenario: A class that changes before its term begins has its new people
      Given the district "comings-and-goings"
      And the edge case "class-filled-before-its-term"
      And on midyear the app has Tyra in Marquetry
      And on midyear the app holds Bue and Mr Fret as active
      When on departures Marquetry is filled before its term
      Then the students of Marquetry are those Clever names
      And the teachers of Marquetry are those Clever names

    Scenario: A student who changes to another section of the same course is in that one alone
      Given the district "comings-and-goings"
      And the edge case "student-changes-sections-of-a-course"
      And on first-share the app holds Per Krag, Dyeing 1 and Dyeing 2 as active
      When on departures Per Krag changes to the other section of Dyeing
      And on departures Ulf Krag takes Spinning, too
      Then the students of Dyeing 1 are those Clever names
      And the students of Dyeing 2 are those Clever names

    Scenario: One co-teacher takes the place of another
      Given the district "comings-and-goings"
      And the edge case "co-teachers-exchanged"
      And on rollover the app holds Ecology, Ms Moss, Mr Fern and Ms Reed as active
      When on quiet Ms Reed takes the place of Mr Fern in Ecology
      Then the teachers of Ecology are those Clever names

    Scenario: A class whose only teacher leaves it has no teacher
      Given the district "comings-and-goings"
      And the edge case "values-taken-away"
      And on first-share the app has Mr Clay teaching Pottery
      When on midyear Mr Clay stops teaching Pottery
      Then the teachers of Pottery are those Clever names

    Scenario: A class that both teachers leave at once has no teacher
      Given the district "comings-and-goings"
      And the edge case "values-taken-away"
      And on midyear the app has Mr Clay teaching Glazing
      When on departures both teachers of Glazing stop teaching it
      Then the teachers of Glazing are those Clever names

    Scenario: A class without a teacher gets one
      Given the district "comings-and-goings"
      And the edge case "values-taken-away"
      And on departures the app holds Pottery and Ms Slip as active
      When on midyear Mr Clay stops teaching Pottery
      And on returns Ms Slip takes over Pottery
      Then the teachers of Pottery are those Clever names

    Scenario: Whoever returns at rollover is in the classes of the new year
      Given the district "comings-and-goings"
      And the edge case "returns-at-rollover"
      And on rollover the app holds Inka, Mr Verse and Storytime next year as active
      When on returns Inka, Mr Verse, Ms Desk and Jesper's uncle leave in spring
      And on rollover Inka, Mr Verse, Ms Desk and Jesper's uncle are back
      Then the students of Storytime next year are those Clever names
      And the teachers of Storytime next year are those Clever names

    Scenario: A class that came during the year and changes has its new people
      Given the district "comings-and-goings"
      And the edge case "newcomers-change"
      And on midyear the app has Rikke in Marbling
      And on midyear the app holds Birk and Mr Quill as active
      When on midyear the newcomers arrive
      And on departures the newcomers change
      Then the students of Marbling are those Clever names
      And the teachers of Marbling are those Clever names

    Scenario: Classes that have their former people again have those
      Given the district "comings-and-goings"
      And the edge case "places-go-back"
      And on midyear the app holds Letterpress, Calligraphy, Ms Platen, Mr Fold, Ines, Torkel and Eskil as active
      When on midyear people and classes change places
      And on returns people and classes go back
      Then the students of Letterpress are those Clever names
      And the students of Calligraphy are those Clever names
      And the teachers of Letterpress are those Clever names

  @G3
  Rule: A user has every role Clever names, and no others

    Scenario: People who give up one role for another have the new one alone
      Given the district "comings-and-goings"
      And the edge case "roles-exchanged"
      And on first-share Ms Rask, Mr Bang and Dr Vang have the roles Clever names
      When on midyear Ms Rask moves from the classroom to the office
      And on midyear Mr Bang moves from the office to the classroom
      And on midyear Dr Vang moves from the district to a school
      Then Ms Rask, Mr Bang and Dr Vang have the roles Clever names

    Scenario: Employees who come back with other roles have no other
      Given the district "comings-and-goings"
      And the edge case "changed-while-away"
      And on first-share Ms Weld and Mr Hank have the roles Clever names
      When on midyear Ms Weld and Mr Hank leave
      And on returns Ms Weld comes back as a teacher only, and Mr Hank to the office
      Then Ms Weld and Mr Hank have the roles Clever names

    Scenario: An administrator of the district who also works at a school has both roles
      Given the district "comings-and-goings"
      And the edge case "values-change-one-by-one"
      And on returns Dr Helm has the roles Clever names
      When on recovery Dr Helm works at a school, too
      Then Dr Helm has the roles Clever names

    Scenario: A user with three roles loses two of them at once
      Given the district "comings-and-goings"
      And the edge case "roles-exchanged"
      And on first-share Ms Trine has the roles Clever names
      When on departures Ms Trine only teaches from now on
      Then Ms Trine has the roles Clever names

    Scenario: An administrator who came during the year and returns to a school has both roles
      Given the district "comings-and-goings"
      And the edge case "newcomers-change"
      And on departures Dr Sund has the roles Clever names
      When on midyear the newcomers arrive
      And on departures the newcomers change
      And on returns the newcomers leave
      And on recovery the newcomers come back changed
      Then Dr Sund has the roles Clever names

    Scenario: People who have a second role for some weeks have the first alone afterwards
      Given the district "comings-and-goings"
      And the edge case "places-go-back"
      And on midyear Ms Platen and Dr Mark have the roles Clever names
      When on midyear people and classes change places
      And on returns people and classes go back
      Then Ms Platen and Dr Mark have the roles Clever names

    Scenario: A former student who comes back as a teacher has that role alone
      Given the district "comings-and-goings"
      And the edge case "student-becomes-teacher"
      And on returns the app holds Ms Dahl as active
      When on departures Freja Dahl leaves school
      And on returns Ms Dahl comes to teach Sailing
      Then Ms Dahl has the roles Clever names

    Scenario: A teacher who was an administrator in between has the role of a teacher alone
      Given the district "comings-and-goings"
      And the edge case "roles-exchanged"
      And on midyear Ms Rask and Mr Bang have the roles Clever names
      When on midyear Ms Rask moves from the classroom to the office
      And on midyear Mr Bang moves from the office to the classroom
      And on returns Ms Rask and Mr Bang change places again
      Then Ms Rask and Mr Bang have the roles Clever names

  @G2
  Rule: A user belongs to every school Clever names

    Scenario: The people of a school that opens during the year belong to it
      Given the district "comings-and-goings"
      And the edge case "school-opens"
      And on midyear the app holds the new school, Dawn Berg, Ms Early and Mr Gate as active
      When on midyear the new school opens
      Then Dawn Berg, Ms Early and Mr Gate belong to the schools Clever names

    Scenario: A teacher of one school gets a second
      Given the district "comings-and-goings"
      And the edge case "values-change-one-by-one"
      And on first-share Ms Foil belongs to the schools Clever names
      When on midyear Ms Foil teaches at the other school, too
      Then Ms Foil belongs to the schools Clever names

    Scenario: A staff member of one school gets a second
      Given the district "comings-and-goings"
      And the edge case "values-change-one-by-one"
      And on first-share Mr Guard belongs to the schools Clever names
      When on midyear Mr Guard works at the other school, too
      Then Mr Guard belongs to the schools Clever names

    Scenario: A staff member of two schools gives up the first
      Given the district "comings-and-goings"
      And the edge case "values-change-one-by-one"
      And on midyear Mr Guard belongs to the schools Clever names
      When on recovery Mr Guard works at the other school alone
      Then Mr Guard belongs to the schools Clever names

    Scenario: A teacher who changed schools while away belongs to the new one
      Given the district "comings-and-goings"
      And the edge case "changed-while-away"
      And on first-share Mr Rode belongs to the schools Clever names
      When on midyear Mr Rode leaves
      And on returns Mr Rode comes back to the other school
      Then Mr Rode belongs to the schools Clever names

    Scenario: People who came during the year and change schools belong to the new ones
      Given the district "comings-and-goings"
      And the edge case "newcomers-change"
      And on midyear the app holds Rikke, Ms Hale and Mr Nord as active
      When on midyear the newcomers arrive
      And on departures the newcomers change
      Then Rikke, Ms Hale and Mr Nord belong to the schools Clever names

    Scenario: People who go back to their former schools belong to those
      Given the district "comings-and-goings"
      And the edge case "places-go-back"
      And on midyear the app holds Eskil, Ms Platen and Mr Lodge as active
      When on midyear people and classes change places
      And on returns people and classes go back
      Then Eskil, Ms Platen and Mr Lodge belong to the schools Clever names

  @G4
  Rule: A contact belongs to the students Clever names

    Scenario: A contact of one child gets a second
      Given the district "comings-and-goings"
      And the edge case "values-change-one-by-one"
      And on first-share the app holds Leif's uncle and Ylva as active
      When on midyear Leif's uncle looks after Ylva, too
      Then Leif's uncle belongs to the students Clever names

    Scenario: A contact of two children keeps one of them
      Given the district "comings-and-goings"
      And the edge case "values-change-one-by-one"
      And on midyear the app holds Leif's uncle and Ylva as active
      When on recovery Leif's uncle looks after Leif alone
      Then Leif's uncle belongs to the students Clever names

    Scenario: A contact who comes back as the contact of another child
      Given the district "comings-and-goings"
      And the edge case "changed-while-away"
      And on first-share the app holds the aunt, Ole and Pia as active
      When on midyear Batik and the aunt leave
      And on returns the aunt comes back as the aunt of Pia
      Then the aunt belongs to the students Clever names

    Scenario: Contacts who exchange children belong to the new ones
      Given the district "comings-and-goings"
      And the edge case "children-change-guardians"
      And on rollover the app holds the grandmother, the neighbour, Alva and Dagny as active
      When on quiet Alva goes from the grandmother to the neighbour, and Dagny the other way
      Then the grandmother and the neighbour belong to the students Clever names

    Scenario: A contact who came during the year gets a second child
      Given the district "comings-and-goings"
      And the edge case "newcomers-change"
      And on midyear the app holds Asta's gran and Birk as active
      When on midyear the newcomers arrive
      And on departures the newcomers change
      Then Asta's gran belongs to the students Clever names

    Scenario: A contact who is a parent again is that
      Given the district "comings-and-goings"
      And the edge case "places-go-back"
      And on midyear the app holds Ines's dad, Ines and Torkel as active
      When on midyear people and classes change places
      And on returns people and classes go back
      Then Ines's dad belongs to the students Clever names

  @D3
  Rule: Who comes back is in the groups of before

    Scenario: A student who comes back is in the groups that a teacher made
      Given the district "comings-and-goings"
      And the edge case "group-member-returns"
      And on first-share the app holds Halla, Jorun and Tapestry as active
      And on returns the app holds Halla as active
      When on first-share Halla and Jorun are manually grouped
      And on first-share Halla and Jorun are manually put into a subgroup of Tapestry
      And on departures Halla leaves
      And on returns Halla comes back
      Then Halla is in the groups of first-share again

  @D1
  Rule: The app does what the vendor declares

    Scenario: A manually renamed section keeps its name as declared
      Given the district "comings-and-goings"
      And the edge case "class-renamed-by-hand"
      And on midyear the app holds Netting as active
      When on midyear Ms Tarn manually renames Netting
      And on departures Gerd joins Netting
      And on returns Mr Weft takes over Netting
      Then "rename-section" is as the vendor declares
