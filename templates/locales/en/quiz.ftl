# Practice questions, the quiz, and what it led to.
practice-eyebrow = Exercise
practice-back = Back to the lesson
practice-again = Try the exercise again
given-title = Your answer
grade-right = Right!
grade-wrong = That is not right
grade-incomplete = What you chose is right, but something right is still missing.
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
quiz-rule-time = No time limit. Take it as often as you like: we keep your best result.
quiz-rule-save = Every answer is saved at once: you can stop and go on later.
quiz-start = Begin the quiz
quiz-again = Take the quiz again
quiz-resume = { $answered ->
    [one] Go on with the quiz ({ $answered } answer of { $of })
   *[other] Go on with the quiz ({ $answered } answers of { $of })
}
quiz-back = Back to the module
quiz-question = Question { $number } of { $of }
quiz-steps = The questions of the quiz
quiz-step = Question
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
result-counting = What we wrote down
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

counted = We wrote down that you finished this course. It helps the network show how many people it has helped. There is nothing else for you to do.
counted-new-citizen = It is your first time with us: thank you!
not-counted-guest = The result is yours and stays in this browser. The network counts the people it has helped. To count you too we need the card: it is free, and a facilitation point gives it to you. What you have done is not lost.
not-counted-guest-shared = This device belongs to the point, so the result does not stay here. Tell the facilitator, who can record it. Next time, enter with your card before you begin.
not-counted-no-codice-fiscale = The result is saved and is yours. The network counts the people it has helped. To count you too we need your tax code (codice fiscale): bring it to your facilitation point.
not-counted-too-young = The result is saved and is yours. The network only counts people older than you. You can learn everything all the same.
not-counted-too-old = The result is saved and is yours. The network only counts people up to a certain age. You can learn everything all the same.
not-counted-before-programme = The result is saved and is yours. The network does not count the people it helps yet. There is nothing for you to do.
not-counted-after-programme = The result is saved and is yours. The network no longer counts the people it helps. There is nothing for you to do.
not-counted-not-reportable = The result is saved and is yours. This subject is not one of those that the network counts. There is nothing for you to do.
not-counted-lessons-unread = The result is saved and is yours. To have the network count you too, read every lesson. At the end of each one press “I have read it”.
not-counted-before-verification = The result is saved and is yours. It is from before the point read your tax code, so the network does not count it. There is nothing for you to do.
not-counted-voided = The result is saved and is yours. The point took it out of the network’s numbers. To know why, ask your point.
