# What the commands about courses say around the complaints.

severity-error = error
severity-warning = warning
report-help = help
sum-none = no mistakes found
sum-errors = { $count ->
    [one] { $count } error
   *[other] { $count } errors
}
sum-warnings = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
}
course-no-folder = there is no folder `{ $folder }`
course-file = `{ $folder }` is a file: name the course folder
course-empty = `{ $folder }` is not a course folder: no folder in it has a Markdown file
course-unreadable = cannot read the folder `{ $folder }`

## explain

explain-near = there is no code `{ $code }`; did you mean `{ $known }`?
explain-unknown = there is no code `{ $code }`; `autonomia explain` lists all

## lock

lockfile-errors = ids.lock is as it was: mend the errors first
lockfile-unreadable = cannot read ids.lock
lockfile-unwritten = cannot write { $file }
lockfile-refused = ids.lock is as it was: { $why }
lockfile-removed = published and gone: { $ids }
lockfile-returned = retired and used again: { $ids }
lockfile-still-there = `{ $id }` is still in the course: take it out first
lockfile-never = `{ $id }` was never published, so there is nothing to retire
lockfile-on-purpose = give them back their ids, or, if it was on purpose:
lockfile-sound = { $count ->
    [one] ids.lock is up to date ({ $count } id)
   *[other] ids.lock is up to date ({ $count } ids)
}
lockfile-written = { $count ->
    [one] ids.lock written: { $count } id, { lockfile-new }, { lockfile-retired }
   *[other] ids.lock written: { $count } ids, { lockfile-new }, { lockfile-retired }
}
lockfile-new = { $new } of them new
lockfile-retired = { $retired } retired
id-module = module { $name }
id-lesson = lesson { $name }
id-question = question { $name }
id-path = path { $name }

## serve

serve-published = published  { $modules }, { $lessons } from { $folder }
serve-found = ; { $found }: see `autonomia check { $folder }`
count-modules = { $count ->
    [one] { $count } module
   *[other] { $count } modules
}
count-lessons = { $count ->
    [one] { $count } lesson
   *[other] { $count } lessons
}
serve-mistakes = { $count ->
    [one] { $count } error in the courses: run this: autonomia check { $folder }
   *[other] { $count } errors in the courses: run this: autonomia check { $folder }
}
serve-left-out = left out: { $what }
serve-module = the module in { $folder }
serve-module-requires = the module in { $folder }, which requires `{ $module }`
serve-path = the path `{ $path }`
serve-held = one of them is about no single module: the courses stay as they were
