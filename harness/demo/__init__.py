"""The demo vendor "Lantern Reader": a real small app that syncs with Clever as one should.

Read it in this order. `client` asks Clever, and `reader` turns the answers into a `roster`.
`store` keeps what the app holds, in the tables of `schema`; `rows` says which columns a record
fills. `sync` makes the store hold what the roster says, and `matching` finds accounts from before
Clever. `export` shows what is held, `manual_edits` is what people change, and `adapter` lets the
harness drive it all.

`mutants` and `variants` are the same app with one mistake, or built otherwise; `registry` has
their names. Of the harness, the demo knows `harness.contract` and nothing else.
"""
