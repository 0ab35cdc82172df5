"""Uses the generated client as somebody would who never saw the server: everything is typed."""

import json
import os
import uuid
from datetime import datetime

from autonomia_client import AuthenticatedClient, Client, models
from autonomia_client.api.courses import list_modules, read_lesson, read_module, search
from autonomia_client.api.desk import find_citizens, register_citizen
from autonomia_client.api.entering import open_guest, sign_in, sign_out
from autonomia_client.api.learning import (
    answer_question,
    finish_attempt,
    mark_lesson_read,
    read_me,
    read_progress,
    start_attempt,
)
from autonomia_client.api.network import read_totals

with open(os.environ["AUTONOMIA_DEMO"], encoding="utf-8") as demo:
    SITE = json.loads(demo.readline())
BASE = SITE["address"] + "/api/v1"


def account(role):
    return next(one for one in SITE["accounts"] if one["role"] == role)


def typed(value, kind):
    assert isinstance(value, kind), f"{value!r} is not {kind.__name__}"
    return value


def enter(credentials):
    session = typed(sign_in.sync(client=Client(BASE), body=credentials), models.SessionView)
    assert typed(session.expires_at, datetime).tzinfo is not None
    return AuthenticatedClient(BASE, session.token), session


def some_answer(question):
    """Not the right one: any that fits the question's kind."""
    keys = [option.key for option in question.options]
    match question.kind.value:
        case "one":
            return keys[0]
        case "many" | "order":
            return keys
        case "match":
            pairs = models.GivenPairs()
            rights = [option.key for option in question.right_options]
            pairs.additional_properties = dict(zip(keys, rights))
            return pairs
        case _:
            return "1"


def learn(client):
    modules = typed(list_modules.sync(client=client, lang=models.Lang.IT), models.ModulesView)
    assert len(modules.modules) > 1
    first = next(one for one in modules.modules if one.id == "spid")
    module = typed(read_module.sync(first.id, client=client), models.ModuleDetail)
    lesson = typed(read_lesson.sync(module.id, module.lessons[0].id, client=client), models.LessonView)
    assert lesson.html
    read = typed(mark_lesson_read.sync(module.id, lesson.id, client=client), models.ReadView)
    assert read.lessons_read == 1
    attempt = typed(start_attempt.sync(module.id, client=client), models.AttemptView)
    for question in attempt.questions:
        body = models.AttemptAnswer(
            question=question.id, submission=uuid.uuid4(), given=some_answer(question)
        )
        grade = typed(answer_question.sync(attempt.attempt, client=client, body=body), models.GradeView)
        assert grade.max_points >= grade.points >= 0
        again = typed(answer_question.sync(attempt.attempt, client=client, body=body), models.GradeView)
        assert grade == again
    done = typed(finish_attempt.sync(attempt.attempt, client=client), models.FinishedView)
    assert 0 <= done.score <= 100
    progress = typed(read_progress.sync(client=client), models.ProgressView)
    assert any(one.module == module.id for one in progress.modules)
    found = typed(search.sync(client=client, q="prenotare una visita"), models.SearchView)
    assert found.hits


def desk(client):
    record = models.NewCitizen(first_name="Prova", last_name="Inventata", notice=True)
    made = typed(register_citizen.sync(client=client, body=record), models.CitizenRef)
    people = find_citizens.sync(client=client, body=models.Wanted(q="Inventata"))
    assert made.id in [one.id for one in typed(people, models.CitizensView).citizens]
    wrong = register_citizen.sync(client=client, body=models.NewCitizen(codice_fiscale="ABC"))
    fields = [one.field for one in typed(wrong, models.Problem).errors]
    assert "codice_fiscale" in fields, fields


guest = typed(open_guest.sync(client=Client(BASE)), models.GuestView)
learn(AuthenticatedClient(BASE, guest.token))

card = account("citizen")
citizen, session = enter(models.CardCredentials(card=card["card"], pin=card["pin"]))
me = typed(read_me.sync(client=citizen), models.MeView)
assert typed(me.citizen, uuid.UUID) and session.roles in ([], [models.Role.CITIZEN])
assert sign_out.sync_detailed(client=citizen).status_code == 204
assert typed(read_me.sync(client=citizen), models.Problem).status == 401

staff = account("facilitator")
facilitator, session = enter(models.StaffCredentials(email=staff["email"], password=staff["password"]))
assert models.Role.FACILITATOR in session.roles
desk(facilitator)

totals = typed(read_totals.sync("puglia", client=Client(BASE)), models.Totals)
assert totals.citizens.reached > 0
print("the generated client signed in, learned, registered somebody and read the totals")
