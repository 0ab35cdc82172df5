# Groups, what people are given to learn, who is stuck, help.
groups-title = Groups
groups-lead = A group is people who learn together. What you give the group is for all of them.
groups-list = Open groups
groups-none = There is no group yet.
group-new = Make a group
group-name = Name of the group
group-name-help = Such as: Tuesday class.
group-create = Make the group
group-members = People
group-csv = Get the table (CSV)
group-progress = How far they are
group-empty = There is no one in the group yet. Add people below.
group-nothing = The group has nothing to do yet. Give it a module.
group-people = People in the group
group-add = Add a person
group-add-button = Add
group-is-in = in the group
group-remove = Take out
group-full = { $largest ->
    [one] The group is full: it has one person.
   *[other] The group is full: it has { $largest } people.
}
group-too-many = The group is full. Take someone out, or make a new group.
group-change = Change the group
group-rename = Change the name
group-close = Close the group
group-close-help = The tasks of the group end. What people have learned stays.
standing-done = Done
standing-done-behalf = Done with a facilitator
standing-begun = { $of ->
    [one] { $read } of 1 lesson
   *[other] { $read } of { $of } lessons
}
standing-none = Not begun

assign-title = Give a module
assign-to = To:
assign-done = Done: the task is given.
assign-withdrawn = Done: the task is taken back.
assign-need = What do they need?
assign-need-label = Search in your own words
assign-need-help = Such as: book a health visit.
assign-domain = Field
assign-any = All fields
assign-find = Find modules
assign-all = Show all modules
assign-perhaps = Did you mean:
assign-modules = Choose the modules
assign-given = given
assign-no-module = No module found. Try other words.
assign-path = Or a whole path
assign-path-help = A path is a set of modules, one after the other.
assign-no-path = No path
assign-lesson = The lesson to start from
assign-lesson-help = If you choose a lesson, its module is given too.
assign-lesson-first = From the start
assign-due = To do by
assign-due-help = Leave it blank if there is no rush.
assign-note = A note for the learner
assign-note-help = They read it with the task.
assign-button = Give
assign-nothing = Choose a module or a path.
assign-nobody = Choose who it is for: from one to 60 people.
assign-either = Choose people or a group.
assign-unknown-module = One of these modules is no longer here. Choose again.
assign-unknown-path = This path is no longer here. Choose again.
assign-unknown-lesson = This lesson is not in that module.
assign-due-past = This day has passed.
tasks-title = Tasks given
tasks-due = By { $day }
tasks-note = Note:
tasks-withdraw = Take back
tasks-to-group = This is a task of the group: take it back on the page of the group.

behalf-title = Did they do it here with you?
behalf-text = If you saw them do the module, you can record it. Your name and the reason are kept.
behalf-module = Module done
behalf-reason = How it was done
behalf-reason-help = Such as: did the quiz on my tablet, next to me.
behalf-button = Record as done
behalf-done = Done: the module is now marked as done.
completed-already = This module has been done.
mine-recorded = A facilitator noted that it is done.

task-title = For you to do
task-due = To do by { $day }.
task-note = Your facilitator says:
task-done = Done on { $day }.

stuck-title = Who is stuck
stuck-answered = Done: the question has its answer.
stuck-help = Who asks for help
stuck-asked = Wrote on { $day } from:
stuck-no-help = No one is waiting for an answer.
stuck-answer = Send the answer
stuck-at-desk = Done at the desk
stuck-people = Who has stopped
stuck-rule = { $count ->
    [one] They have a module to finish. They have done nothing for one day, or the due day has passed.
   *[other] They have a module to finish. They have done nothing for { $count } days, or the due day has passed.
}
stuck-name = Name
stuck-module = Module
stuck-at = Where they stopped
stuck-since = Since
stuck-due = Due
stuck-not-begun = Not begun:
stuck-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
stuck-overdue = late
stuck-more-help = { $count ->
    [one] After these there is one more question.
   *[other] After these there are { $count } more questions.
}
stuck-nobody = No one is stuck.
stuck-hard = Hard questions
stuck-hard-text = These are the questions that people of the point get wrong most.
stuck-question = Question
stuck-wrong = Wrong answers
stuck-share = { $share }%: { $wrong } of { $answers }

help-title = Ask my facilitator
help-lead = Write what is not clear to you. Your question goes to your point.
help-about = Your question is about:
help-text = Your question
help-text-help = Do not write a password or a PIN.
help-send = Send the question
help-sent = Your question is on its way. You will find the answer in "My learning".
help-back = Go back
help-where = Open a lesson or a quiz. At the end of the page you can ask for help.
help-empty = Write your question.
help-too-many = Ten of your questions are waiting. Please wait for an answer first.
help-answer = Your answer
help-staff = People with a card write here. Their questions go to the point.
help-nobody = With a card you can write to your facilitator, who will write back.
help-have-card = Enter with a card
help-no-card = No card?
help-no-card-text = Go to the point near you: they help you there, and give you a card. It is free.
asked-title = Your questions
asked-on = On { $day }, from:
asked-answer = Your facilitator wrote back on { $day }:
asked-at-desk = You talked about it at the desk on { $day }.
asked-waiting = Waits for an answer.
