Feature: Following a district by its events

  @E1
  Rule: Events lead to the same state as a full sync

    Scenario: A full sync after a year of events changes nothing
      Given an app that follows events
      And the whole district
      And everyone the app held on quiet
      When on full-sync the app is asked for a full sync
      Then the app is as it was on quiet

    Scenario: Every sync reads all events
      Given an app that follows events
      And the whole district
      When the days midyear, departures, returns, rollover and quiet pass
      Then every sync read all events

    Scenario: Events lead to what Clever shares every day
      Given an app that follows events
      And the whole district
      And everyone the app held on first-share
      When on full-sync the app is asked for a full sync
      Then every day events have led to what Clever shares

    Scenario: Students who leave and come back between two syncs are unchanged
      Given an app that follows events
      And the district "followed-by-events"
      And everyone the app held on first-share
      When on midyear students leave and come back before the app syncs
      Then the app is as it was on first-share

    Scenario: Addresses that change and change back within one second are as Clever shares them
      Given an app that follows events
      And the district "followed-by-events"
      And everyone the app held on first-share
      When on midyear students leave and come back before the app syncs
      Then every e-mail address is as Clever shares it

    Scenario: Whoever an event calls created though the app has them is updated
      Given an app that follows events
      And the district "followed-by-events"
      And the edge case "created-out-of-turn"
      And on midyear the app holds Ada, Ivo, Mr Bay, Ms Cove, Dr Dune, Ada's aunt, Fjord, Currents and the mill school as active
      When on departures Ada and others change
      And on departures people come and go in a night of which Clever writes no events
      Then Ada, Mr Bay, Ms Cove and Dr Dune have the e-mail address Clever gives
      And Ada's aunt belongs to the students Clever names
      And the students of Fjord are those Clever names
      And Fjord, Currents and the mill school have the name Clever gives

    Scenario: Whoever an event calls updated though the app does not have them is created
      Given an app that follows events
      And the district "followed-by-events"
      And the edge case "updated-out-of-turn"
      When on departures Eli and others arrive
      And on departures people come and go in a night of which Clever writes no events
      Then the app holds Eli, Ms Firth, Mr Gulf, Dr Hill, Eli's uncle, Geyser, Tides and the shore school as active
      And the students of Geyser are those Clever names
      And Eli's uncle belongs to the students Clever names

    Scenario: A class whose term an event deleted before it is archived too
      Given an app that follows events
      And the district "followed-by-events"
      And the edge case "term-deleted-before-its-class"
      And on midyear the app holds Islet and Spring Tide as active
      When on departures Spring Tide and Islet end
      And on departures people come and go in a night of which Clever writes no events
      Then Islet and Spring Tide are archived, not lost

    Scenario: Students who left during a gap in the events are archived
      Given an app that follows events
      And the district "followed-by-events"
      And everyone the app held on first-share
      When on returns students leave, and the app syncs more than 30 days later
      Then nothing that Clever no longer shares is active

    Scenario: What changed during a gap in the events is as Clever shares it
      Given an app that follows events
      And the district "followed-by-events"
      And the edge case "changed-during-a-gap"
      And on midyear the app holds Gil, Polka and Waltz as active
      When on returns Ines arrives
      And on returns Gil gets another address
      And on returns Gil changes from Polka to Waltz
      And on returns students leave, and the app syncs more than 30 days later
      Then the app holds Ines as active
      And Gil has the e-mail address Clever gives
      And the students of Polka are those Clever names
      And the students of Waltz are those Clever names

    Scenario: Students who leave while the app reads are archived by the events
      Given an app that follows events
      And the district "changed-while-read"
      When on first-share students leave while the app reads
      And on midyear nothing changes
      Then nothing that Clever no longer shares is active

    Scenario: Events that the first full sync already covered change nothing
      Given an app that follows events
      And the district "events-come-again"
      And everyone the app held on first-share
      When on first-share people come and go while the app reads the whole district
      And on midyear nothing changes
      Then the app is as it was on first-share

    Scenario: Events that a later full sync already covered change nothing
      Given an app that follows events
      And the district "events-come-again"
      And the edge case "events-come-again"
      And everyone the app held on departures
      When on departures people come and go while the app reads the whole district
      And on returns Stig arrives
      Then whatever did not change at Clever is as it was on departures
      And nothing that Clever no longer shares is active

    Scenario: A student whose arrival is repeated after a full sync has one account
      Given an app that follows events
      And the district "events-come-again"
      And the edge case "events-come-again"
      When on departures Nils arrives
      And on departures people come and go while the app reads the whole district
      And on returns Stig arrives
      Then Nils is held once
      And the app holds Nils as active

    Scenario: A student whose departure is repeated after a full sync stays archived
      Given an app that follows events
      And the district "events-come-again"
      And the edge case "events-come-again"
      And on midyear the app holds Lea as active
      When on departures Lea leaves
      And on departures people come and go while the app reads the whole district
      And on returns Stig arrives
      Then Lea is archived, not lost

    Scenario: Repeated events leave the latest values in place
      Given an app that follows events
      And the district "events-come-again"
      And the edge case "events-come-again"
      And on midyear the app holds Ruth and Odin as active
      When on departures Ruth gets another address
      And on departures people come and go while the app reads the whole district
      And on returns Stig arrives
      Then Ruth and Odin have the e-mail address Clever gives
      And Odin has the same account as on midyear

    Scenario: What changes after repeated events is applied as well
      Given an app that follows events
      And the district "events-come-again"
      And the edge case "events-come-again"
      And on departures the app holds Pia and Rune as active
      When on departures people come and go while the app reads the whole district
      And on returns Stig arrives
      And on returns Pia gets another address
      And on returns Rune leaves
      Then Stig is held once
      And the app holds Stig as active
      And Pia has the e-mail address Clever gives
      And Rune is archived, not lost

    Scenario: Events that broke off are not lost
      Given an app that follows events
      And the district "events-break-off"
      And everyone the app held on first-share
      When on midyear people come and go for three nights, and the events break off
      And on departures nothing changes
      Then the app holds all that is new since first-share
      And nothing that Clever no longer shares is active
      And all that the app held on first-share is still in use
      And every e-mail address is as Clever shares it

    Scenario: A full sync after events that broke off changes nothing
      Given an app that follows events
      And the district "events-break-off"
      And everyone the app held on departures
      When on midyear people come and go for three nights, and the events break off
      And on full-sync the app is asked for a full sync
      Then the app is as it was on departures

    Scenario: A student who arrived before the events broke off has one account
      Given an app that follows events
      And the district "events-break-off"
      And the edge case "events-break-off"
      When on midyear Tove arrives
      And on midyear people come and go for three nights, and the events break off
      And on departures nothing changes
      Then Tove is held once
      And the app holds Tove as active

    Scenario: A student who left before the events broke off is archived
      Given an app that follows events
      And the district "events-break-off"
      And the edge case "events-break-off"
      And on first-share the app holds Uli as active
      When on midyear Uli leaves
      And on midyear people come and go for three nights, and the events break off
      And on departures nothing changes
      Then Uli is archived, not lost

    Scenario: Events that broke off leave the latest values in place
      Given an app that follows events
      And the district "events-break-off"
      And the edge case "events-break-off"
      And on first-share the app holds Vera and Yara as active
      And on first-share Yara finishes a lesson
      When on midyear Vera gets another address
      And on midyear people come and go for three nights, and the events break off
      And on departures nothing changes
      Then Vera and Yara have the e-mail address Clever gives
      And Yara has the same account as on first-share
      And Yara still has the lesson of first-share

  @G1
  Rule: A sync completes whenever Clever answers well

    Scenario: Repeated events after a full sync do not stop a sync
      Given an app that follows events
      And the district "events-come-again"
      When the days first-share, midyear, departures and returns pass
      Then every sync completed

  @E2
  Rule: A full sync stays possible

    Scenario: An app that follows events reads the whole district when asked to
      Given an app that follows events
      And the whole district
      When on full-sync the app is asked for a full sync
      Then the app read the whole district again
