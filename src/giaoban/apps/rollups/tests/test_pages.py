"""The pages of roll-ups, asked as people ask for them."""

import pytest


@pytest.fixture
def sign_in(client, world, at):
    def as_(name):
        client.force_login(world.accounts[name])
        return client

    return as_


def test_the_board_shows_how_many_of_how_many(world, measures, sign_in):
    world.accepted(world.caugiay)
    world.submitted(world.vinh)
    world.submitted(world.bavi, held=False)

    answer = sign_in("thu").get("/rollups/")

    assert answer.status_code == 200
    text = answer.content.decode()
    assert "2 trên 6" in text
    assert "3/6 đơn vị đã trả lời" in text
