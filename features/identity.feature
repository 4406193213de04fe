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

    Scenario: Two students with one name are two students
      Given the edge case "same-name"
      When on first-share the district shares with the app
      Then Anna and the other Anna are separate accounts

  @R5
  Rule: Data is brought up to date with every sync

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
