"""The demo vendor "Lantern Reader": a real small app that syncs with Clever as one should.

`client` asks Clever, `reader` makes sense of the answers, `store` keeps what the app holds,
`sync` brings the two together, `export` tells what is held, and `adapter` lets the harness
drive it all. Of the harness it knows `harness.contract` and nothing else.
"""
