# Entering, one's own learning, the facilitator's desk.
accedi-title = Sign in
accedi-lead = You need not sign in to read the lessons and take the quizzes. Sign in to find your progress on another device too.
accedi-already = You are already signed in.
accedi-card = I have a card
accedi-card-text = It is the card your facilitation point gave you, with a code and a PIN.
accedi-card-button = Enter with the card
accedi-no-card = No card? Here is how to get one
accedi-email = I work in the network
accedi-email-text = For facilitators, editors and coordinators.
accedi-button = Sign in
sign-in-wrong = What you wrote does not match. Check it and try again.
sign-in-locked = Too many wrong tries. To be safe, you have to wait. Try again later, or ask at your point.
sign-out = Sign out
tessera-title = Enter with the card
tessera-lead = Write the code and the PIN that are on your card.
tessera-button = Enter
field-card = Card code
field-card-help = Nine letters and digits, for example ABCD-EFGH-3. Capitals, spaces and hyphens do not matter.
field-pin = PIN
field-pin-help = Five digits.
field-email = E-mail address
field-password = Password
field-new-password = New password
field-again = Repeat the new password
registrati-title = How to get the card
registrati-lead = The card is free and lets you find your progress on any phone or computer.
registrati-how = Three steps
registrati-step-1 = Go to a digital facilitation point near you. Bring your health card and a document with your photo.
registrati-step-2 = A facilitator registers you and prints the card with its code and PIN.
registrati-step-3 = From then on you enter with the card, wherever you are. What you have learned here comes with you.
registrati-guest = Meanwhile you can learn without a card. On your own phone or computer, your progress stays in the browser.
registrati-learn = Start learning
password-title = Choose a password
password-text = { $shortest ->
    [one] Choose a password of at least one character. A phrase of three or four words is easy to remember and safe.
   *[other] Choose a password of at least { $shortest } characters. A phrase of three or four words is easy to remember and safe.
}
password-differs = The two passwords are not the same.
password-button = Save the password
password-done = The password is saved. You can sign in now.
staff-short = The password is too short.
staff-link = This link has been used or is too old. Ask the platform's administrator for another.
staff-email = This is not an e-mail address.
staff-point = A facilitator works at a point: say which.

mine-title = My learning
mine-guest-title = You are learning without a card.
mine-guest-text = Your progress stays in this browser only.
mine-guest-text-shared = This device belongs to the point. What you do without a card ends when somebody else enters. To keep it, enter with your card before you begin.
mine-guest-new = Not you? Start afresh
mine-empty = Here you will find the modules you have begun. Shall we choose one?
mine-choose = Choose a module
mine-under-way = You are learning
mine-done = Completed
mine-read = { $of ->
    [one] Lessons read: { $read } of 1
   *[other] Lessons read: { $read } of { $of }
}
mine-best = best quiz result: { $score }%
mine-completed = Completed on { $day }
mine-updated = This module has been updated since: have a look at what is new, if you like.

point-title = My point
point-search = Find a person
point-search-help = Family name and given name, the whole tax code, or the code of the card.
point-search-button = Find
point-new = Register a person
point-citizens = People of the point
point-found = People found
point-nobody = Nobody found.
point-name = Name
point-born = Born on
point-counts = Tax code
point-verified = verified
point-unverified = missing
citizen-new-title = Register, card and service
citizen-edit-title = Correct the record
citizen-edit-list = Back to the records to complete
citizen-new-lead = Begin with the codice fiscale. Read it from the health card and press Enter. Without one, a name is enough.
citizen-save = Save
citizen-exists = This person is already registered.
citizen-exists-link = Open the record
citizen-record = Record
citizen-edit = Correct the record
citizen-card = Give a card
citizen-learning = What they are learning
citizen-nothing = They have not begun a module with the card yet.
card-title = Card of { $name }
card-once = Print or copy it now: code and PIN cannot be seen again.
card-code = Code
card-pin = PIN
card-how = To enter: go to { $site }/tessera, write the code and the PIN.
card-how-by-hand = To enter: open the site of your point (write the address here: ______________), then write the code and the PIN.
site-no-address = The address of the site is missing here. Whoever runs the site gives it at the start (option --address).
card-care = The PIN is personal: do not write it elsewhere and do not tell anyone.
card-done = Back to the record
field-codice_fiscale = Tax code (codice fiscale)
field-codice_fiscale-help = Sixteen characters, from the health card. Needed for the national count, and can be added later.
field-first_name = Given name
field-last_name = Family name
field-birth_date = Date of birth
field-birth_date-help = Only where there is no tax code.
field-gender = Gender
field-education = Education
field-occupation = Occupation
field-citizenship = Citizenship
field-province = Province of residence
field-phone = Telephone
field-point = Point
choose = Choose
fields-wrong = { $count ->
    [one] One field needs correcting.
   *[other] { $count } fields need correcting.
}
required = This is needed.
too-long = It is too long.
not-a-name = A name has no digits or symbols.
not-a-choice = Choose an entry of the list.
not-a-province = No province has this name. Write its name or its letters, like Bari or BA.
not-a-date = Write the date as day, month and year.
not-a-birth-date = This cannot be a date of birth.
not-latin = Use letters of the Latin alphabet only.
not-an-email = This is not an e-mail address.
not-a-phone = This is not a telephone number.
name-differs-title = Is the code this person's?
name-differs = The first six letters of the code are of another name. Is it this person's card?
name-differs-swapped = Name and surname may be the wrong way round. Look at the card.
name-differs-help = A name can change while the code does not. If the card is theirs, tick the box and save again.
name-differs-yes = Yes, I saw the card: the code is theirs
birth-date-differs = The date does not agree with the tax code.
birth-century-open = The tax code does not tell the century. Give the year of birth.
birth-century-question = Born in { $first } or in { $last }?
birth-century-help = In the code the year has two digits only. Ask the person, or look at the document.
birth-century-choice = { $day } ({ $age ->
    [one] 1 year old
   *[other] { $age } years old
})
codice-fiscale-temporary = This is a temporary code, made of digits only. We need the final one, which has sixteen characters.
codice-fiscale-length = A tax code has sixteen characters.
codice-fiscale-character = A letter or digit stands in the wrong place.
codice-fiscale-date = The date in the tax code does not exist.
codice-fiscale-check = The last letter does not fit: check every character.
incomplete-title = Records to complete
incomplete-sum = { $records ->
    [one] 1 record to complete.
   *[other] { $records } records to complete.
} { $services ->
    [one] 1 service stands still.
   *[other] { $services } services stand still.
}
incomplete-text = Something is missing for the national count. Open the record and complete it: its services go by themselves. Those with most services come first.
incomplete-points-text = Each point completes its own records. Services held back for another reason are in "Sending to Facilita". Those with most services come first.
incomplete-caption = People, those with most services that stand still first
incomplete-points-caption = Points, those with most services that stand still first
incomplete-person = Person
incomplete-lacks = What is missing
incomplete-services = Services that stand still
incomplete-point = Point
incomplete-records = Records to complete
incomplete-link = { $count ->
    [one] One record is to be completed
   *[other] { $count } records are to be completed
}
incomplete-points-link = Records to complete, point by point
citizen-lacks = The record lacks:
citizen-lacks-text = Without it their services stand still, and are not in the national count.
citizen-complete = Complete the record
citizen-held = Services that stand still
citizen-held-more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}
citizen-new-counted = Some data is needed for the national count. You can go on without it when in a hurry. Their services stand still until the record is complete.
field-counted = Needed for the national count.

# What the desk opens on, and somebody new in one act.
people-today = Today
today-here = Here today
today-nobody = Nobody has come in yet today.
today-here-all = { $count ->
    [0] See the services
    [one] One person today: see the services
   *[other] { $count } people today: see the services
}
today-asks = Who asks for help
today-asks-all = { $count ->
    [one] Answer who asks
   *[other] Answer the { $count } requests
}
today-corrections = { $count ->
    [one] One person asks to have their data corrected
   *[other] { $count } people ask to have their data corrected
}
today-due = What is due
today-due-all = { $count ->
    [one] One thing to do in all.
   *[other] { $count } things to do in all.
}
today-groups = My groups
today-no-groups = There are no groups yet.
today-groups-all = { $count ->
    [0] Make a group
    [one] See the group
   *[other] See the { $count } groups
}
today-members = { $count ->
    [one] one person
   *[other] { $count } people
}
today-service = Record a service
today-everybody = See all the people of the point
point-new-code = Register who has this code
citizen-new-more = Birth, gender, e-mail and phone
arrival-need = What do they need today?
arrival-need-help = If you choose, you record the service of today too.
arrival-course = At home:
arrival-none = Nothing: just the record
arrival-learn = Give them the course that you see below the need
arrival-card = Give them a card now
arrival-done = The person is on record. Print this page.
arrival-service = See the service of today
arrival-held = Today's service stands still: it is not in the national count. The record lacks:
arrival-next = Register one more person
card-learn = What to learn at home
brought-done-service = The service is on record. You can give the card when the record is open.
history-title = Their story
history-newer = Newer
history-older = Older
history-registered = Put on record
history-corrected = Record put right
history-merged = Records made one
history-parted = Records made two
history-followed = Also looked after by
history-opened = The record is open to
history-notice = Told how data are used
history-contact = Yes to calls and letters
history-took-back = Consent taken back
history-card = Card given
history-card-stopped = Card stopped
history-assigned = To learn
history-assigned-group = To learn, with the group “{ $name }”
history-learned = Has done
history-took-over = Said that what was done before entering was theirs
history-gave-back = What was done before entering was given back
history-service = Service
history-service-corrected = Service put right
history-service-about = { $count ->
    [one] { $about }, one minute
   *[other] { $about }, { $count } minutes
}
history-asked = Asked for help
history-answered = Was given an answer
