# Home, the list of modules, a module, its lessons, learning paths.
home-title = Autonomia: learn to use digital services
home-description = Short, free lessons on how to use SPID, pay online and book a visit. Learn at home, when you like, without hurry.
home-heading = Learn to use digital services. At home, at your own pace.
home-lead = Short, free lessons in plain words. Make as many mistakes as you like, stop and start again whenever you want.
home-search-label = Search what to learn
home-question = What would you like to learn to do?
home-search-example = For example: book an appointment
home-paths = Start from what you need
home-paths-text = Each path puts the right modules in order, one step at a time.
home-modules = The modules
home-all-modules = See all modules
home-how = How it works
home-how-1-title = Read and try.
home-how-1-text = Each lesson takes a few minutes and has some questions to practise with. No account needed.
home-how-2-title = Take the final quiz.
home-how-2-text = No time limit and as many tries as you like: we keep your best result.
home-how-3-title = Need a hand?
home-how-3-text = At a facilitation point somebody helps you for free, and gives you a card to find your progress on any device.

modules-title = All modules
modules-description = All the modules of Autonomia: SPID, paying online, health. Learn to use public services on the web.
modules-lead = Choose where to begin. Each module has short lessons and a final quiz.
modules-found = { $count ->
    [0] No modules
    [one] 1 module
   *[other] { $count } modules
}
modules-none = No module fits this choice. Try removing a filter.
filters-label = Filter the modules
filter-level = Level
filter-any-level = All levels
filter-domain = Public service
filter-any-domain = All services
filter-competence = Competence
filter-any-competence = All competences
filter-apply = Filter
filter-clear = Remove filters
pages-label = Pages of the list
page-previous = Previous page
page-next = Next page
page-of = Page { $page } of { $pages }

path-eyebrow = Path
path-text = { $modules ->
    [one] One module, about { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    }.
   *[other] { $modules } modules to follow in order, about { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    } in all.
}

module-lessons = The lessons
module-begin = Begin the first lesson
module-requires = Before this module:
module-quiz-questions = { $count ->
    [one] 1 question
   *[other] { $count } questions
}
module-quiz = Go to the quiz
module-facts = In short
fact-minutes = Time
fact-level = Level
fact-quiz = Final quiz
fact-quiz-text = { $questions ->
    [one] One question; you complete the module with { $pass }% of the points
   *[other] { $questions } questions; you complete the module with { $pass }% of the points
}
fact-competences = What you learn (DigComp)
fact-verified = Checked on
fact-sources = Where the information comes from
fact-revision = Revision { $rev } of the module.

lesson-place = Lesson { $number } of { $of }
lesson-index = The lessons of this module
lesson-nav = Other lessons
lesson-previous = Previous lesson
lesson-then = Then:
lesson-skip = Go on, I will read it later
lesson-read-next = I have read it: next
lesson-read-quiz = I have read it: to the quiz
lesson-read-done = I have read it
lesson-read-help = We mark the lesson as read, so you know where you are.
lesson-verified = Information checked on { $day }.

question-kind-one = One answer only
question-kind-many = One answer or more
question-kind-order = Put in order
question-kind-match = Match
question-kind-number = Write a number
question-kind-text = Write the answer
question-hint = A hint
question-order-choose = Choose the place
question-order-place = Place { $place }
question-match-choose = Choose
question-answer-number = Your answer, in figures
question-answer-text = Your answer
question-check = Check the answer
