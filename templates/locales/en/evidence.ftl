# What proves the services that count: sheets to print, an auditor's list of hashes.
evidence-link = Evidence sheet
evidence-link-person = Evidence sheets
evidence-title = Evidence sheets
evidence-print = You can print this page: each sheet fits on a page.
evidence-back = Go back
evidence-none = No service is recorded for this person yet: there is nothing to prove.
evidence-made = Sheet made on { $moment }.
evidence-voided = Voided on { $day } by { $by }: it counts no more. Reason: { $why }
evidence-service = The service
evidence-rule = Why it counts
evidence-person = Who the person is
evidence-programme = The programme
evidence-facilita = In Facilita
evidence-day = Day
evidence-kind = Kind
evidence-minutes = Minutes
evidence-about = About
evidence-competences = Competences
evidence-domains = Public services
evidence-point = Point
evidence-facilitator = Facilitator
evidence-id = Number of the service
evidence-met = Rule
evidence-met-desk = A facilitator gave it and recorded it.
evidence-met-quiz = Quiz passed: { $score } out of 100, it takes { $pass }.
evidence-met-lessons = Every lesson read: the module has no quiz.
evidence-met-facilitator = A facilitator saw the person do it.
evidence-met-unknown = The module is done. The rule is not written down.
evidence-module = Module
evidence-revision = Version of the content
evidence-completed = Done on
evidence-reason = Reason
evidence-recorded = Recorded on
evidence-by-program = the program
evidence-on-by = { $day }, by { $by }
evidence-counts = Counts as
evidence-counts-new = first service of a new citizen
evidence-counts-known = service to a citizen counted already
evidence-verified = Codice fiscale read on
evidence-not-verified = not yet
evidence-erased = Record erased
evidence-erased-on = on { $day }. The service stays in the totals, without a name.
evidence-hash = SHA-256 of the codice fiscale
evidence-no-code = there is no codice fiscale
evidence-name = Name
evidence-days = Days
evidence-span = { $from } to { $to }
evidence-ages = Ages that count
evidence-span-ages = { $most ->
    [one] { $least } to 1 year
   *[other] { $least } to { $most } years
}
evidence-body = Body
evidence-project = Project (CUP)
evidence-state = State
evidence-file-row = File of { $day }, row { $row }
evidence-lookup-title = Check a list
evidence-lookup-link = Check an auditor's list
evidence-lookup-lead = An auditor has a list of hashes. For each you find the person's first service.
evidence-file = List
evidence-file-help = A text or CSV file with a SHA-256 on each line: 64 digits and letters.
evidence-look-up = Look up
evidence-not-kept = The list does not stay here. The answers can be opened for an hour.
evidence-no-hash = There is no SHA-256 in this file. Check that it is the right file.
evidence-too-long = { $most ->
    [one] This list has more than one line. Split it.
   *[other] This list has more than { $most } lines. Split it.
}
evidence-too-large = { $most ->
    [one] This file has more than 24 MB. Split it into several, of one line.
   *[other] This file has more than 24 MB. Split it into several, of { $most } lines or fewer.
}
evidence-found-title = What we found
evidence-found = Found
evidence-missing = Not found
evidence-again = Repeated
evidence-unreadable = Lines that are no hash
evidence-table = Download the table (CSV)
evidence-sheets = Sheets to print
evidence-lines = Line by line
evidence-line = Line
evidence-answer = Answer
evidence-is-found = found
evidence-is-missing = not found
evidence-is-again = as line { $line }
evidence-is-unreadable = no hash
