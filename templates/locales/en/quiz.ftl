# Practice questions, the quiz, and what it led to.
practice-eyebrow = Exercise
practice-back = Back to the lesson
practice-again = Try the exercise again
given-title = Your answer
grade-right = Right!
grade-wrong = That is not right
grade-incomplete = What you chose is right, but one right answer is missing.
grade-points = Points: { $points } of { $max }
grade-explanation = Explanation

answer-empty = Choose or write an answer before going on.
answer-incomplete = Something is missing: fill in every row, without using a choice twice.
answer-not-a-number = Write a number in figures, for example 3.
answer-too-long = The answer is too long.
answer-unknown-option = The page has changed in the meantime. Please answer again.
answer-wrong-shape = The page has changed in the meantime. Please answer again.
attempt-finished = This quiz is already finished.
attempt-answered = You have already answered this question.

quiz-title = Quiz
quiz-completed = You completed this module on { $day }.
quiz-best = Your best result so far: { $score }%.
quiz-rule-questions = { $count ->
    [one] One question.
   *[other] { $count } questions, one on each page.
}
quiz-rule-pass = You complete the module with { $pass }% of the points.
quiz-rule-time = No time limit. Take it as often as you like: your best result counts.
quiz-rule-save = Every answer is saved at once: you can stop and go on later.
quiz-start = Begin the quiz
quiz-again = Take the quiz again
quiz-resume = Go on with the quiz ({ $answered } answers of { $of })
quiz-back = Back to the module
quiz-question = Question { $number } of { $of }
quiz-steps = The questions of the quiz
quiz-step = Question
quiz-step-answered = (answered)
quiz-answer = Answer
quiz-skip = Skip this question for now
quiz-next = Next question
quiz-to-end = To the end of the quiz
quiz-to-result = To the result
quiz-unanswered = You did not answer this question.
quiz-end-title = Finish the quiz?
quiz-end-open = { $count ->
    [one] One question has no answer yet.
   *[other] { $count } questions have no answer yet.
}
quiz-end-open-text = Questions without an answer earn no points. You can go back and answer them.
quiz-end-all = You have answered every question. Finish the quiz to see the result.
quiz-end-go-on = Answer the questions that are left
quiz-end-finish = Finish the quiz

result-passed = Well done, you made it!
result-passed-text = You passed the quiz and completed the module.
result-not-yet = Not this time
result-not-yet-text = It happens. Read the lessons again at your own pace and try again whenever you like: this attempt takes nothing away from you.
result-still-completed = You had already completed this module. It stays completed.
result-score = of the points ({ $pass }% needed)
result-counting = How it counts
result-then = What next?
result-next-text = The next step is:
result-next = Go to the module
result-mine = To my learning
result-more = Choose another module
result-answers = Your answers
result-have-card = I already have a card
result-get-card = How to get a card
outcome-right = Right:
outcome-wrong = Wrong:
outcome-none = Not answered:

counted = Done! The network has recorded this module as one of its services.
counted-new-citizen = It is your first time: welcome to the network!
not-counted-guest = The result is yours and stays in this browser. To record it in the network you need the card you get at a facilitation point. What you have done is not lost.
not-counted-guest-shared = This device belongs to the point, so the result does not stay here. Tell the facilitator, who can record it. Next time, enter with your card before you begin.
not-counted-no-codice-fiscale = The result is saved. To record it in the network we need your tax code (codice fiscale): bring it to your facilitation point.
not-counted-too-young = The result is saved and is yours. The network's programme counts people older than you.
not-counted-too-old = The result is saved and is yours. The network's programme counts people up to a certain age: you can still learn everything.
not-counted-before-programme = The result is saved and is yours. The network's programme has not begun yet.
not-counted-after-programme = The result is saved and is yours. The network's programme has ended.
not-counted-not-reportable = The result is saved and is yours. This subject is not among those the network records.
not-counted-lessons-unread = The result is saved. To record it in the network you also need to mark every lesson of the module as read.
not-counted-before-verification = The result is saved and is yours. It is from before your tax code was verified, and the network's programme does not count it.
not-counted-voided = The result is saved and is yours. Its record in the network was cancelled.
