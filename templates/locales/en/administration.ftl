# The accounts of the staff.
admin-title = People and access
admin-lead = Who works here, in which role, and how they enter.
admin-requests = Who forgot the password
admin-requests-text = Before you give a link, call the person on a number you already know.
admin-asked = Asked on { $moment }
admin-people = { $count ->
    [one] One person
   *[other] { $count } people
 }
admin-all-roles = All roles
role-citizen = Citizen
role-facilitator = Help desk
role-editor = Editing
role-coordinator = Coordination
role-admin = Running the platform
account-head-name = Name
account-head-email = E-mail
account-head-roles = Roles
account-head-factor = Code from the phone
account-head-entered = Last entered
account-head-state = State
account-never = Never
account-state-active = Can enter
account-state-invited = Has to choose a password
account-state-disabled = Cannot enter
account-new = Add a person
account-new-lead = Write who it is and what they do. Then you give them a link to choose a password.
account-name = First and last name
account-role-label = Role
account-point-label = Point
account-point-help = Only for those who work at a help desk.
account-no-point = No point
account-role = Choose a role that you can give.
account-not-yours = This person has a role you cannot change. Ask whoever runs the platform.
account-add = Add
account-entering = Password
account-asked = They asked for a new password on { $moment }. Call the person before you give it.
account-link = Make a new link
account-link-text = With the link the person chooses a new password. Those made before stop working.
link-another = Another link?
link-another-lead = { $name } has a link already. It works until { $moment }. If you make another one, that one will stop working.
link-another-keep = Keep the earlier one
account-own = This account is yours. You change its password and its code on your own page.
account-refuse = It was not them: drop the request
account-enable = Let them in again
account-enable-text = This person cannot enter. If you let them in again, they use the password they had.
account-factor-none = This person does not use it.
account-factor-text = If they lost the phone and the spare codes, take it away. Call the person first: so you know it is them.
account-factor-reset = Take the code away
account-no-roles = No role: they can enter, but see no data of others.
account-take-role = Take away
account-disable-title = No longer works here
account-disable-text = They leave all devices at once and do not get in again. What they did stays.
account-disable = Do not let them in
account-done-disattiva = This person cannot enter any more.
account-done-riattiva = This person can enter again.
account-done-secondo-fattore = The code from the phone is taken away.
account-done-rifiuta = The request is dropped.
account-done-ruolo-dato = The role is given.
account-done-ruolo = The role is taken away, from now on.
link-title = Link for the password
link-lead = This is the link of { $name }.
link-how = Copy it and give it to the person by hand, or to an address you already know.
link-once = It holds for three days and works once. If you leave this page you do not see it again: you can make another.
link-kept = I have copied it
admin-needs = What needs attention
admin-needs-none = Nothing: all is well.
admin-need-richiesta = { $count ->
    [one] One person asked for a new password
   *[other] { $count } people asked for a new password
 }
admin-need-invitato = { $count ->
    [one] One person has not chosen a password yet
   *[other] { $count } people have not chosen a password yet
 }
admin-need-fermo = { $count ->
    [one] One person has not signed in for six months
   *[other] { $count } people have not signed in for six months
 }
admin-need-senza-codice = { $count ->
    [one] One person who manages signs in with a password alone
   *[other] { $count } people who manage sign in with a password alone
 }
admin-need-no-copy = Nobody has ever made a copy of the data
admin-need-old-copy = The last copy of the data is more than two days old
admin-ailment-silent = The database does not answer
admin-ailment-damaged = The database is damaged
admin-ailment-unwritable = Nothing can be written to the database
admin-ailment-full = There is no room left for data
admin-ailment-schema = The database is of another version
admin-search = Find a person by name or e-mail
admin-filters = Choose which people to see
admin-all-points = All points
admin-all-states = All
admin-state-richiesta = Asks for a password
admin-state-invitato = Has to choose a password
admin-state-fermo = Not signed in for six months
admin-state-senza-codice = Manages, without the code
admin-state-attivo = Can enter
admin-state-chiuso = Cannot enter
admin-nobody = Nobody
admin-nobody-text = Try another name, or clear the filters.
admin-more = There are more. Write a longer part of the name.
admin-installation = How the platform is doing
admin-health = Data
admin-health-good = Can be read and written
admin-copy = Last copy of the data
admin-copy-on-server = It is made on the PostgreSQL server. Nobody tells here when.
admin-cleared = Old data last cleared
admin-factor-demanded = Asked of who coordinates and who manages
admin-factor-free = For those who want it
admin-courses = Published courses
admin-version = Version
account-register = What they did: the register
account-give-title = Give a role
account-give-role = Give the role
account-sessions = Where they are signed in
account-sessions-none = Right now they are not signed in anywhere.
account-sessions-end = End all their sign-ins
account-done-sessioni = The sign-ins are ended.
confirm-here = Confirm that it is you: write your password.
confirm-missing = Write your password.
