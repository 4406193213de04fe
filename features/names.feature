Feature: Names and other text

  @R2
  Rule: The app uses all the relevant data Clever shares, whatever characters it contains

    Scenario: Very long first and last names
      Given the edge case "very-long-names"
      When on first-share the district shares with the app
      Then the app holds Leopold and Ashdown like anyone else
      And Leopold and Ashdown have the name Clever gives

    Scenario: A very long middle name
      Given the edge case "very-long-middle-name"
      When on first-share the district shares with the app
      Then the app holds Owen Baird like anyone else

    Scenario: A digit for a first name
      Given the edge case "digit-as-a-first-name"
      When on first-share the district shares with the app
      Then the app holds Seven like anyone else
      And Seven has the name Clever gives

    Scenario: Names of one letter
      Given the edge case "one-letter-names"
      When on first-share the district shares with the app
      Then the app holds Yi O and J K like anyone else
      And Yi O and J K have the name Clever gives

    Scenario: Names with apostrophes
      Given the edge case "apostrophes-in-names"
      When on first-share the district shares with the app
      Then the app holds Shea and Nora Kahn like anyone else
      And Shea and Nora Kahn have the name Clever gives

    Scenario: Names with hyphens and spaces
      Given the edge case "hyphens-and-spaces-in-names"
      When on first-share the district shares with the app
      Then the app holds Ana-Maria and Jan like anyone else
      And Ana-Maria and Jan have the name Clever gives

    Scenario: Names with accents
      Given the edge case "accents-in-names"
      When on first-share the district shares with the app
      Then the app holds Zoe Nunez and Soren like anyone else
      And Zoe Nunez and Soren have the name Clever gives

    Scenario: Names in Chinese and Japanese
      Given the edge case "chinese-and-japanese-names"
      When on first-share the district shares with the app
      Then the app holds Xiaoming and Sakura like anyone else
      And Xiaoming and Sakura have the name Clever gives

    Scenario: Names written from right to left
      Given the edge case "right-to-left-names"
      When on first-share the district shares with the app
      Then the app holds Maryam and Noa like anyone else
      And Maryam and Noa have the name Clever gives

    Scenario: A name with an emoji
      Given the edge case "emoji-in-names"
      When on first-share the district shares with the app
      Then the app holds Sky Lane like anyone else
      And Sky Lane has the name Clever gives

    Scenario: Names that look like markup
      Given the edge case "markup-in-names"
      When on first-share the district shares with the app
      Then the app holds Bo Tables and Scripted like anyone else
      And Bo Tables and Scripted have the name Clever gives

    Scenario: Names that look like missing values
      Given the edge case "names-like-missing-values"
      When on first-share the district shares with the app
      Then the app holds Jennifer Null, Pat None and Mark Test like anyone else
      And Jennifer Null, Pat None and Mark Test have the name Clever gives

    Scenario: Names with spaces around them
      Given the edge case "spaces-around-names"
      When on first-share the district shares with the app
      Then the app holds Lia Storm and Mary Ann like anyone else
      And Lia Storm and Mary Ann have the name Clever gives

    Scenario: An e-mail address with a quote
      Given the edge case "quote-in-an-email"
      When on first-share the district shares with the app
      Then the app holds Haley Hunt and Hank Ober like anyone else
      And Haley Hunt and Hank Ober have the e-mail address Clever gives

    Scenario: An e-mail address without @
      Given the edge case "email-without-at"
      When on first-share the district shares with the app
      Then the app holds Saul Shore like anyone else
      And Saul Shore has the e-mail address Clever gives

    Scenario: A very long username
      Given the edge case "very-long-username"
      When on first-share the district shares with the app
      Then the app holds Gretel Holm like anyone else

    Scenario: Class names made of numbers and symbols
      Given the edge case "nonsense-class-names"
      When on first-share the district shares with the app
      Then the app holds Class 581 and Class of Signs like any other

    Scenario: A course with quotes in its name
      Given the edge case "quotes-in-course-names"
      When on first-share the district shares with the app
      Then the app holds Maker Lab like any other
      And Maker Lab has the name Clever gives

    Scenario: People with a plus sign in their e-mail address
      Given the edge case "plus-in-an-email"
      And on first-share the app holds Pia Lund and Otto Falk as active
      When on first-share the district shares with the app
      Then Pia Lund and Otto Falk have the e-mail address Clever gives

  @R5
  Rule: Every sync brings the app up to date

    Scenario: A typing error in a name is corrected
      Given the edge case "digit-as-a-first-name"
      And on first-share the app holds Seven as active
      When on midyear the slip in the name of Seven is corrected
      Then Seven has the name Clever gives
