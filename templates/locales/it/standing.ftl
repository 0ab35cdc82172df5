# Where a learner stands: the next step, lessons read, answers to mend, what to review; the menu.
next-title = Il prossimo passo
next-lesson = Continua dalla lezione { $number }
next-attempt = Riprendi il quiz
next-module = Apri il modulo
next-another = Hai finito tutto quello che avevi cominciato. Scegli un altro modulo.
lesson-is-read = (letta)
quiz-is-passed = (superato)
lesson-read-already = Hai già segnato questa lezione come letta.

nav-open = Menu
nav-close = Chiudi

refused-title = Da correggere
answer-rows-twice = Due righe hanno lo stesso posto. Sono segnate qui sotto.
answer-rows-missing = Manca qualcosa. Completa le righe segnate qui sotto.
row-twice = Il { $place }º posto è anche di «{ $other }».
row-missing = Qui manca la tua scelta.

grade-lesson = Ne parla la lezione:
quiz-see-result = Chiudi il quiz e vedi il risultato
quiz-step-right = (giusta)
quiz-step-wrong = (sbagliata)
quiz-step-none = (senza risposta)
quiz-step-waiting = (la risposta parte quando torna la rete)

result-review = Ripassa quelle sbagliate
result-review-text = È un esercizio: provi di nuovo solo queste domande. Il risultato del quiz non cambia.
review-eyebrow = Ripasso
review-place = Domanda { $at } di { $of } da ripassare
review-next = Prossima da ripassare
review-again = Prova di nuovo questa domanda
review-end = Torna al risultato
review-all = Hai ripassato tutto. Quando vuoi, puoi rifare il quiz.

network-needs = Per questo serve la rete. Riprova quando torna: quello che hai scritto resta qui.
network-practice = Non sei in rete. La tua risposta resta qui. Parte da sola quando torna la rete.
