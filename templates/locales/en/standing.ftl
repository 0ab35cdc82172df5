# Where a learner stands: the next step, lessons read, answers to mend, what to review; the menu.
next-title = The next step
next-lesson = Go on from lesson { $number }
next-attempt = Go on with the quiz
next-module = Open the module
next-another = You have finished all that you had begun. Choose another module.
lesson-is-read = (read)
quiz-is-passed = (passed)
lesson-read-already = You have already marked this lesson as read.

nav-open = Menu
nav-close = Close

refused-title = To correct
answer-rows-twice = Two rows have the same place. They are marked below.
answer-rows-missing = Something is missing: fill in the rows marked below.
row-twice = Place { $place } is also given to “{ $other }”.
row-missing = Your choice is missing here.

grade-lesson = The lesson about it:
quiz-see-result = Finish the quiz and see the result
quiz-step-right = (right)
quiz-step-wrong = (wrong)
quiz-step-none = (not answered)
quiz-step-waiting = (the answer goes when the network is back)

result-review = Go over the wrong ones
result-review-text = It is practice: you try just these questions again. The result of the quiz does not change.
review-eyebrow = Review
review-place = Question { $at } of { $of } to go over
review-next = The next one to go over
review-again = Try this question again
review-end = Back to the result
review-all = You have gone over everything. You can take the quiz again when you like.

network-needs = This needs the network. Try again when it is back: what you wrote stays here.
network-practice = You are not connected. Your answer stays here. It goes by itself when the network is back.
