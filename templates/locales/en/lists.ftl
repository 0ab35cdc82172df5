# Lists in pages: what of an address is not understood, filters, alerts of points.
list-faults = This list cannot be shown like this
list-not-there = there is no such choice. Pick one from the list.
list-not-a-page = there is no such page. Go back to the first.
list-not-a-column = the list cannot be put in this order.
list-sort-few = for this order, choose a point or a person first.
list-no-municipality = there are no points in this town.
list-anybody = All
list-any-state = All
list-field-chi = Who
list-field-che = What
list-field-cosa = About what
list-field-giorno = Day
list-field-dal = From
list-field-al = To
list-field-tipo = Kind
list-field-punto = Point
list-field-ruolo = Role
list-field-provincia = Province
list-field-comune = Town
list-field-facilitatore = Given by
list-field-stato = State
list-field-programma = Programme
list-field-ordina = Order
list-field-pagina = Page
list-field-dopo = Page
list-field-prima = Page
list-field-dove = Name, code, town or postcode
services-state-validi = Valid
services-state-annullati = Voided

points-near = No point has this postcode. Here are the closest.
points-none-such = No point is like this. Try other filters.
points-state-aperti = Open
points-state-chiusi = Closed
points-state-fermi = Quiet for 30 days
points-state-sotto = Below half of the others
points-state-indietro = Behind the target
points-state-incompleti = With missing data
points-is-fermi = Quiet for 30 days
points-is-sotto = Below half of the others

alert-fermi = { $count ->
    [one] One point of { $open } gave no service for 30 days
   *[other] { $count } points of { $open } gave no service for 30 days
}
alert-sotto = { $count ->
    [one] One point of { $open } is below half of the others
   *[other] { $count } points of { $open } are below half of the others
}
alert-indietro = { $count ->
    [one] One point of { $open } is behind
   *[other] { $count } points of { $open } are behind
}
alert-incompleti = { $count ->
    [one] One point of { $open } lacks some data
   *[other] { $count } points of { $open } lack some data
}
alert-all-fermi = { $count ->
    [one] This point gave no service for 30 days
   *[other] None of the { $count } points gave a service for 30 days
}
alert-all-sotto = { $count ->
    [one] This point is below half of the others
   *[other] All { $count } points are below half of the others
}
alert-all-indietro = { $count ->
    [one] This point is behind
   *[other] All { $count } points are behind
}
alert-all-incompleti = { $count ->
    [one] This point lacks some data
   *[other] All { $count } points lack some data
}
alert-nearly-all-fermi = { $count ->
    [one] Nearly the whole network stands still: one point of { $open } gave no service for 30 days.
   *[other] Nearly the whole network stands still: { $count } points of { $open } gave no service for 30 days.
}
alert-nearly-all-sotto = Here nearly all points are below half of the others: { $count } of { $open }.
alert-nearly-all-indietro = Nearly all points are behind: { $count } of { $open }. It is not up to a single one.
alert-nearly-all-incompleti = Nearly all points lack some data: { $count } of { $open }.
alert-reason-fermi = A point is quiet if it gave no service for a whole month. A week off is not enough.
alert-reason-sotto = { $middle ->
    [one] Put the points in a row: the one in the middle reached one person. Here are the points below half of that. Points that are just a bit smaller are not here.
   *[other] Put the points in a row: the one in the middle reached { $middle } people. Here are the points below half of that. Points that are just a bit smaller are not here.
}
alert-reason-indietro = Each point has the same share of the target. Here are the points that did less of it by today.
alert-reason-incompleti = Those who look for these points do not find them, or Facilita does not know them.
alert-citizens = { $count ->
    [one] one person
   *[other] { $count } people
}
alert-citizens-of = { $count ->
    [one] one person of { $part }
   *[other] { $count } people of { $part }
}
alert-more = { $count ->
    [one] See the other one too
   *[other] See the other { $count } too
}
alert-all = See the points
overview-network-behind = { $reached ->
    [one] The network has reached one person. By today it should be { $expected }: { $missing ->
        [one] one is missing.
       *[other] { $missing } are missing.
    }
   *[other] The network has reached { $reached } people. By today it should be { $expected }: { $missing ->
        [one] one is missing.
       *[other] { $missing } are missing.
    }
}
overview-network-ahead = { $reached ->
    [one] The network has reached one person. By today it should be { $expected }: well done.
   *[other] The network has reached { $reached } people. By today it should be { $expected }: well done.
}
overview-no-alert = All points are doing well.
totals-points-title = The points, one by one
totals-all-points = { $count ->
    [one] See the one point
   *[other] See all { $count } points
}
queue-more = { $count ->
    [one] One more waits behind these.
   *[other] { $count } more wait behind these.
}
