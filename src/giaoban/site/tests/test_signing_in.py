"""Signing in, as the house offers it."""

from giaoban.base.ledger.guards import writing


def test_a_closed_account_is_told_so_and_stays_outside(client, world, at):
    account = world.accounts["lan"]
    with writing():
        account.set_password("mật khẩu để thử")
        account.is_active = False
        account.save()

    answer = client.post("/sign-in/", {"login": "lan", "password": "mật khẩu để thử"}, follow=True)

    assert answer.status_code == 200
    assert "đã đóng" in answer.content.decode()
    assert client.get("/").status_code == 302
