# Facilita: the files, the reports, and what has to be put right.
facilita-title = Sending to Facilita
facilita-count-ready = Ready
facilita-count-help-ready = They go with the next file
facilita-count-sent = Sent
facilita-count-help-sent = No answer from Facilita yet
facilita-count-accepted = Taken
facilita-count-help-accepted = They are in Facilita
facilita-count-rejected = Refused
facilita-count-help-rejected = There is a fault to mend
facilita-count-corrected = Mended
facilita-count-help-corrected = They go with the next file
facilita-new = Prepare a file
facilita-new-text = Choose the days. First you see what goes and what is held back.
facilita-from = From
facilita-to = To
facilita-days-reversed = The last day comes before the first.
facilita-try = Check
facilita-trial = What goes
facilita-trial-rows = { $count ->
    [one] The file will have 1 row.
   *[other] The file will have { $count } rows.
}
facilita-trial-waiting = { $count ->
    [one] 1 row waits for the file after it.
   *[other] { $count } rows wait for the file after it.
}
facilita-force = Make the file though one still waits for its answer
facilita-make = Make the file
facilita-nothing = There is nothing to send in these days.
facilita-held = { $count ->
    [one] 1 row is held back
   *[other] { $count } rows are held back
}
facilita-held-refused = { $count ->
    [one] 1 row that Facilita refused is not mended yet
   *[other] { $count } rows that Facilita refused are not mended yet
}
facilita-held-lacking = { $count ->
    [one] Of those held back, 1 waits for a record to be completed. The others have another reason.
   *[other] Of those held back, { $count } wait for a record to be completed. The others have another reason.
}
facilita-held-text = Facilita would refuse them. Mend the data: they then go by themselves with the next file.
facilita-held-more = And { $count } more.
facilita-held-facilitator-id = The code of who gave the service is not there
facilita-held-facilitator-name = The name of who gave the service, as Facilita writes it, is not there
facilita-held-point-id = The number that the point has in Facilita is not there
facilita-held-point-name = The point has no name
facilita-held-name = The first or last name is not there
facilita-held-no-code = The codice fiscale is not there
facilita-held-minor = The person is too young for Facilita. Who turns 18 goes from that day on
facilita-held-century = Facilita misreads the year of birth and refuses the row. Enter the service by hand in Facilita, on the page of the service
facilita-held-education = The level of schooling is not there
facilita-held-occupation = The occupation is not there
facilita-held-citizenship = The citizenship is not there
facilita-held-province = The province is not there
facilita-held-before-project = The day comes before the programme starts
facilita-held-after-project = The day comes after the programme ends
facilita-held-after-cut-off = Facilita does not take this day yet. Move the last day of the programme when Facilita moves its own
facilita-held-duration = The time must be less than a day
facilita-held-competences = There is no theme that Facilita knows
facilita-held-domains = The field of the service is not there
facilita-held-title = The service has no title
facilita-held-twice = The same person is on the same service twice
facilita-held-unchanged = Facilita refused the row, and the row is still the same
facilita-away = To take out of Facilita
facilita-away-text = These services are void, but Facilita has them. Take them out there by hand, then say so here.
facilita-away-reason = Why:
facilita-away-done = Taken out
facilita-files = Files made
facilita-no-files = There is no file yet.
facilita-made = Made on
facilita-days = Days
facilita-span = from { $from } to { $to }
facilita-rows = Rows
facilita-answer = What Facilita says
facilita-no-answer = Not yet
facilita-all-accepted = All taken
facilita-refused-count = { $count ->
    [one] 1 row refused
   *[other] { $count } rows refused
}
facilita-file-title = A file for Facilita
facilita-next = What to do now
facilita-step-2 = Load it into Facilita. Wait until it is done.
facilita-step-3 = Upload the file of refused rows below. Facilita gives it to you at the end.
facilita-report = File of refused rows
facilita-refused-told = How many rows did Facilita refuse?
facilita-refused-told-help = The page of Facilita says it. So we see whether the file is whole.
facilita-report-how-many = Write how many rows Facilita refused.
facilita-report-count = The file has another number of rows. Perhaps it was cut off: download it from Facilita again.
facilita-report-help = Choose the file that Facilita gives you, whole and as it is.
facilita-report-send = Read the answer
facilita-report-other = Read some other answer
facilita-report-empty = The file is empty. Download the file of refused rows again.
facilita-report-wrong = Some lines are not right. Nothing has changed: download the file again and retry.
facilita-line = Line { $number } of the file:
facilita-reported = Answer read on { $day }.
facilita-accepted-rows = Rows taken: { $number }.
facilita-refused = Refused rows
facilita-refused-text = Mend the data. A mended row goes by itself with the next file. The others do not go again.
facilita-row = Row { $number }
facilita-says = Facilita says:
facilita-now-open = To mend
facilita-now-mended = Mended: it goes with the next file
facilita-now-settled = Sent again
facilita-now-void = Service void: it does not go again
facilita-mend = Mend it
facilita-decide = There is nothing to mend here
facilita-reason = Why?
facilita-reason-help = Write a few words, with no names.
facilita-again = Send it as it is
facilita-there = Facilita has it
facilita-repair-present = The person is on this service in Facilita. Check there: if so, press "Facilita has it".
facilita-repair-facilitator = Facilita does not find who gave the service. Check the name and the code.
facilita-repair-site = Facilita does not find the point. Check the name and the number.
facilita-repair-unassigned = In Facilita, link the person and the point to the project. Then send the row as it is.
facilita-repair-project = Facilita does not find the project. Check the data of the programme.
facilita-repair-empty = Some data is not there. Add it.
facilita-repair-code = The codice fiscale is wrong. Read it again from the card.
facilita-repair-minor = The person is too young. Check the codice fiscale.
facilita-repair-outside = The day is not one of the project. If it is wrong, void the service and write it again.
facilita-repair-late = Facilita does not take this day yet. Send the row as it is later on.
facilita-repair-form = The day or the time is wrong. Void the service and write it again.
facilita-repair-value = Some field has a code that Facilita does not know. Choose it again.
facilita-repair-service = There is a fault in the data of the service. If need be, void it and write it again.
facilita-repair-citizen = There is a fault in the data of the person. Check the record.
facilita-repair-questionnaire = Facilita did not save the answers. Check there, then send the row as it is.
facilita-repair-unknown = Read what Facilita says. Mend it here, or in Facilita.
facilita-download = Download the file
facilita-download-report = Download the answer
facilita-sign = To sign and keep
facilita-sign-text = The body keeps each file and its answer in a PDF with a digital signature. These prints prove that they are the same (SHA-256).
facilita-hash-file = Print of the file
facilita-emptied = { $count ->
    [one] One person of this file had their data erased. Their row is empty now: the file that you download is no longer the one that was sent.
   *[other] { $count } people of this file had their data erased. Their rows are empty now: the file that you download is no longer the one that was sent.
}
facilita-emptied-hash = The print is that of the file as it was sent. The file that you download now has another, since some rows were erased.
facilita-hash-report = Print of the answer
facilita-lines = All rows of the file
facilita-number = Row
facilita-citizen = Person
facilita-service = Service
facilita-day = Day
facilita-state = State
facilita-state-ready = called back
facilita-state-sent = sent
facilita-state-accepted = taken
facilita-state-rejected = refused
facilita-state-corrected = mended
facilita-state-erased = person erased
facilita-open = A file still waits for an answer from Facilita. Read that one first.
facilita-open-link = Open the file
facilita-changed = The data changed while you made the file. Try again.
facilita-line-unreadable = This line does not begin with a number. Download the file again.
facilita-line-out-of-range = The file has no row with this number.
facilita-line-other-file = This line is about some other file.
facilita-reason-needed = Write why.
facilita-count-held = Held back
facilita-count-help-held = Never sent: something is missing
facilita-count-records = Held back for a record
facilita-count-help-records = Something about a person of the point is missing
facilita-count-others = Held back for another reason
facilita-count-help-others = The reason is written on the service. Whoever coordinates puts it right
facilita-report-no-header = The first line, with the names of the columns, is missing. The file may be cut off: download it again.
facilita-report-no-rows = The file has no refused rows. It may be cut off: download it again. If Facilita took everything, use the button below.
facilita-report-and-none = There is a file with refused rows. It cannot be said that there are none.
facilita-line-cut-off = This line is cut off: columns are missing. Download the file again.
facilita-none-text = Did Facilita take everything? Check there, then say so here.
facilita-none = Facilita refused no row
facilita-call-back-title = Is the file not in Facilita yet? You can call it back
facilita-call-back-text = Only if nobody has uploaded it to Facilita. Its rows are ready for another file again. This file stays in the list, but is no longer valid.
facilita-call-back = Call the file back
facilita-called-back-on = Called back on { $day }: it must not be uploaded to Facilita.
facilita-called-back-tag = Called back
facilita-called-back = This file was called back: it waits for no answer.
facilita-has-report = Facilita has answered about this file. You can no longer call it back.
